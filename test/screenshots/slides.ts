/** A screen with a slide on it, for whoever shares one. Needs nothing around it, so that its source can be given to a page as it is. */
export function slideStream(width: number, height: number, framesPerSecond: number): MediaStream {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const pen = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D
  const bars = [['Mon', 0.45], ['Tue', 0.62], ['Wed', 0.58], ['Thu', 0.8], ['Fri', 0.94]] as const
  const draw = (): void => {
    pen.setTransform(width / 1280, 0, 0, height / 800, 0, 0)
    pen.fillStyle = '#fbfaf6'
    pen.fillRect(0, 0, 1280, 800)
    pen.fillStyle = '#0b6b5c'
    pen.fillRect(0, 0, 1280, 14)
    pen.fillStyle = '#1d2422'
    pen.font = '700 58px system-ui, sans-serif'
    pen.fillText('The boat trip, in five days', 96, 150)
    pen.font = '400 30px system-ui, sans-serif'
    pen.fillStyle = '#5b645f'
    pen.fillText('Hours of sunshine, as forecast', 96, 205)
    bars.forEach(([day, part], i) => {
      const [x, tall] = [110 + i * 150, part * 400]
      pen.fillStyle = i === bars.length - 1 ? '#e0a13a' : '#8fc3b6'
      pen.beginPath()
      pen.roundRect(x, 690 - tall, 96, tall, [14, 14, 0, 0])
      pen.fill()
      pen.fillStyle = '#5b645f'
      pen.fillText(day, x + 22, 736)
    })
    pen.fillStyle = '#1d2422'
    pen.font = '600 32px system-ui, sans-serif'
    ;['Leave at nine sharp', 'Carla brings the cake', 'Ben has the spare key', 'Back before sunset'].forEach((text, i) => {
      pen.fillStyle = '#0b6b5c'
      pen.beginPath()
      pen.arc(896, 349 + i * 76, 9, 0, 7)
      pen.fill()
      pen.fillStyle = '#1d2422'
      pen.fillText(text, 924, 360 + i * 76, 330)
    })
  }
  draw()
  setInterval(draw, 1_000 / framesPerSecond)
  return canvas.captureStream(framesPerSecond)
}
