/** Whether this browser can run our noise suppression: sound in a worklet, WebAssembly beside it. */
export function canSuppressNoise(): boolean {
  return 'AudioWorkletNode' in globalThis && 'WebAssembly' in globalThis
}

/**
 * Whether frames of the camera can be had and given back outside the page's own thread: nothing else goes on while another
 * tab is in front. In Chromium by track processors of the page. https://w3c.github.io/mediacapture-transform/
 */
export function canReplaceBackground(): boolean {
  return ['MediaStreamTrackProcessor', 'MediaStreamTrackGenerator', 'OffscreenCanvas', 'VideoFrame'].every((name) => name in globalThis)
}
