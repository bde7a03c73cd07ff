/** Worker: beats in this interval, milliseconds, also while the page is hidden and its own timers are slowed down. */
addEventListener('message', ({ data }: MessageEvent<number>) => {
  setInterval(() => postMessage(null), data)
})
