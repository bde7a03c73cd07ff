/** Streams made without any device. */

/** A picture of a soft gradient with a dot that moves, so that new frames keep coming. */
export function pictureStream(hue: number, width = 640, height = 360): MediaStream {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const pen = canvas.getContext('2d')
  let turn = 0
  const draw = (): void => {
    if (pen === null) return
    const shade = pen.createLinearGradient(0, 0, width, height)
    shade.addColorStop(0, `hsl(${hue} 35% 62%)`)
    shade.addColorStop(1, `hsl(${hue + 40} 40% 34%)`)
    pen.fillStyle = shade
    pen.fillRect(0, 0, width, height)
    pen.fillStyle = 'rgb(255 255 255 / 70%)'
    pen.beginPath()
    pen.arc(width / 2 + 6 * Math.sin(turn++ / 5), height / 2, height / 5, 0, 7)
    pen.fill()
  }
  draw()
  setInterval(draw, 100)
  return canvas.captureStream(10)
}

/** A tone too soft to disturb anybody. */
export function toneStream(): MediaStream {
  const context = new AudioContext()
  const tone = context.createOscillator()
  const volume = context.createGain()
  volume.gain.value = 0.001
  const sink = context.createMediaStreamDestination()
  tone.connect(volume).connect(sink)
  tone.start()
  return sink.stream
}
