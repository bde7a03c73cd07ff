/** Drawn people in drawn rooms, for cameras that nobody has to sit before. */

/** How somebody looks, and where they sit. Colours are CSS'. */
export interface Look {
  wall: readonly [string, string]
  room: 'window' | 'shelf' | 'plants' | 'lamp' | 'art' | 'night'
  skin: string
  hair: string
  style: 'short' | 'long' | 'bun' | 'curls' | 'beard' | 'bob'
  top: string
  glasses?: boolean
}

export const LOOKS: Readonly<Record<string, Look>> = {
  Anna: { wall: ['#f0d9c0', '#dcb893'], room: 'window', skin: '#f1c7a5', hair: '#8a4b2a', style: 'long', top: '#2f6f66' },
  Ben: { wall: ['#c9d6d3', '#95aeab'], room: 'shelf', skin: '#e2a982', hair: '#33271f', style: 'beard', top: '#34495e', glasses: true },
  Carla: { wall: ['#e6dccb', '#c3b697'], room: 'plants', skin: '#b9784f', hair: '#1d1512', style: 'curls', top: '#d98b3a' },
  Deniz: { wall: ['#cfd5e4', '#9ba7c4'], room: 'art', skin: '#d69b72', hair: '#20191a', style: 'short', top: '#a8453e' },
  Emi: { wall: ['#d8c3cd', '#a98796'], room: 'lamp', skin: '#f3cfb0', hair: '#191619', style: 'bob', top: '#efe7da' },
  Femi: { wall: ['#2d3c58', '#17202f'], room: 'night', skin: '#7a4a30', hair: '#120d0c', style: 'bun', top: '#d8b545' },
}

/**
 * A camera's picture of somebody, who breathes, blinks and talks a little, until the page is gone. Needs nothing around it,
 * so that its source can be given to a page as it is.
 */
export function portraitStream(look: Look, width: number, height: number, framesPerSecond: number): MediaStream {
  const unit = height / 100
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const pen = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D
  const room = Object.assign(document.createElement('canvas'), { width, height })
  paintRoom(room.getContext('2d') as CanvasRenderingContext2D)
  let frame = 0
  const draw = (): void => {
    const seconds = frame++ / framesPerSecond
    pen.setTransform(1, 0, 0, 1, 0, 0)
    pen.drawImage(room, 0, 0)
    pen.setTransform(unit, 0, 0, unit, width / 2 + unit * Math.sin(seconds * 0.7), unit * 0.6 * Math.sin(seconds * 1.1))
    paintPerson(seconds)
  }
  draw()
  setInterval(draw, 1_000 / framesPerSecond)
  return canvas.captureStream(framesPerSecond)

  function oval(brush: CanvasRenderingContext2D, colour: string | CanvasGradient, x: number, y: number, rx: number, ry = rx, turn = 0): void {
    brush.fillStyle = colour
    brush.beginPath()
    brush.ellipse(x, y, rx, ry, turn, 0, 7)
    brush.fill()
  }

  function outline(path: string): Path2D {
    return new Path2D(path)
  }

  function line(colour: string, thickness: number, path: string): void {
    Object.assign(pen, { strokeStyle: colour, lineWidth: thickness, lineCap: 'round', lineJoin: 'round' })
    pen.stroke(outline(path))
  }

  function shape(colour: string | CanvasGradient, path: string): void {
    pen.fillStyle = colour
    pen.fill(outline(path))
  }

  /** Painted once, out of focus. */
  function paintRoom(brush: CanvasRenderingContext2D): void {
    const wall = brush.createLinearGradient(0, 0, width, height)
    wall.addColorStop(0, look.wall[0])
    wall.addColorStop(1, look.wall[1])
    brush.fillStyle = wall
    brush.fillRect(0, 0, width, height)
    brush.filter = `blur(${unit * 0.9}px)`
    brush.setTransform(unit, 0, 0, unit, width / 2, 0)
    const box = (colour: string, x: number, y: number, w: number, h: number, radius = 1): void => {
      brush.fillStyle = colour
      brush.beginPath()
      brush.roundRect(x, y, w, h, radius)
      brush.fill()
    }
    const plant = (x: number, y: number, size: number): void => {
      for (let leaf = 0; leaf < 9; leaf++) {
        const turn = (leaf - 4) * 0.38
        oval(brush, leaf % 2 === 0 ? '#4d7a55' : '#6b9a68', x + Math.sin(turn) * size * 0.8, y - Math.cos(turn) * size * 0.8, size * 0.22, size * 0.75, turn)
      }
      box('#b9694a', x - size * 0.45, y, size * 0.9, size * 0.9, 1.5)
    }
    switch (look.room) {
      case 'window':
        box('#fdf6ea', -78, 6, 44, 60)
        box('#bfe0ee', -75, 9, 18.5, 54)
        box('#cfe9f0', -54.5, 9, 17.5, 54)
        oval(brush, '#9cc7a0', -64, 66, 14, 16)
        oval(brush, '#86b58d', -46, 68, 12, 13)
        plant(62, 78, 16)
        break
      case 'shelf':
        for (let row = 0; row < 4; row++) {
          box('#6f5844', -86, 20 + row * 24, 172, 2)
          for (let book = 0; book < 34; book++) {
            const tall = 11 + ((book * 7 + row * 5) % 8)
            if ((book + row * 3) % 11 < 8) box(['#a5503f', '#3f6f7f', '#c9a24b', '#567251', '#7d5a75', '#d9cbb0'][(book * 5 + row) % 6] ?? '', -84 + book * 5, 20 + row * 24 - tall, 3.9, tall, 0.5)
          }
        }
        break
      case 'plants':
        plant(-62, 74, 24)
        plant(58, 80, 19)
        box('#8d6c4d', 30, 30, 56, 2)
        plant(50, 22, 9)
        plant(70, 23, 7)
        break
      case 'art':
        box('#f7f5f0', -72, 12, 38, 48)
        oval(brush, '#e0a458', -58, 30, 9)
        box('#46657f', -68, 38, 30, 18, 0.5)
        box('#f7f5f0', 38, 20, 30, 36)
        oval(brush, '#b5554a', 53, 40, 10, 12)
        break
      case 'lamp': {
        const glow = brush.createRadialGradient(56, 32, 4, 56, 32, 60)
        glow.addColorStop(0, 'rgb(255 240 208 / 90%)')
        glow.addColorStop(1, 'rgb(255 240 208 / 0%)')
        oval(brush, glow, 56, 32, 60)
        brush.fillStyle = '#fff3d9'
        brush.fill(outline('M46 40 L50 22 L62 22 L66 40 Z'))
        box('#5f4650', 55, 40, 2, 50)
        box('#7a5968', -88, 62, 50, 40, 6)
        box('#c99ba9', -82, 54, 22, 22, 5)
        break
      }
      case 'night':
        box('#0e1626', -74, 4, 148, 66)
        for (let light = 0; light < 60; light++) box(light % 3 === 0 ? '#ffd98a' : '#7c95c9', -72 + ((light * 37) % 144), 26 + ((light * 23) % 42), 1.6, 2.2, 0.2)
        box('#3b4d70', -1, 4, 2, 66)
    }
  }

  function paintPerson(seconds: number): void {
    const { skin, hair, style, top } = look
    const shade = 'rgb(60 20 10 / 16%)'
    const dark = 'rgb(20 10 8 / 80%)'
    if (style === 'long') shape(hair, 'M-18 44 C-21 16 21 16 18 44 C20 62 22 74 17 84 L-17 84 C-22 74 -20 62 -18 44 Z')
    if (style === 'bob') shape(hair, 'M-18 42 C-20 14 20 14 18 42 C19 54 19 62 15 66 L-15 66 C-19 62 -19 54 -18 42 Z')
    if (style === 'bun') oval(pen, hair, 0, 18, 9, 8)
    if (style === 'curls') for (let curl = 0; curl < 15; curl++) oval(pen, hair, 19 * Math.cos(0.25 + curl * 0.2 + Math.PI * 0.92), 45 + 21 * Math.sin(0.25 + curl * 0.2 + Math.PI * 0.92), 8)
    shape(skin, 'M-7 56 L7 56 L8 80 L-8 80 Z')
    shape(shade, 'M-7 60 C-3 68 4 68 7 60 L7.4 67 C3 73 -4 73 -7.4 67 Z')
    const cloth = pen.createLinearGradient(-30, 74, 34, 110)
    cloth.addColorStop(0, top)
    cloth.addColorStop(1, `color-mix(in srgb, ${top}, black 22%)`)
    shape(cloth, 'M-44 112 C-43 88 -34 80 -17 76 L-9 73 C-5 82 5 82 9 73 L17 76 C34 80 43 88 44 112 Z')
    oval(pen, skin, -14.2, 48, 2.6, 4)
    oval(pen, skin, 14.2, 48, 2.6, 4)
    shape(skin, 'M-14 42 C-14 20 14 20 14 42 C14.4 54 11 65 0 66 C-11 65 -14.4 54 -14 42 Z')
    oval(pen, 'rgb(230 90 70 / 14%)', -8.5, 54, 3.6, 2.6)
    oval(pen, 'rgb(230 90 70 / 14%)', 8.5, 54, 3.6, 2.6)
    if (style === 'beard') shape(hair, 'M-14.2 46 C-12 52 -10 55 -6 55 C-3 52.6 3 52.6 6 55 C10 55 12 52 14.2 46 C15 60 10 70 0 70 C-10 70 -15 60 -14.2 46 Z')
    const blinks = seconds % 3.7 < 0.14
    for (const side of [-1, 1]) {
      if (blinks) line(dark, 0.8, `M${side * 6 - 2} 46 L${side * 6 + 2} 46`)
      else {
        oval(pen, '#fbf7f2', side * 6, 46, 2.5, 1.9)
        oval(pen, dark, side * 6, 46, 1.5, 1.6)
        oval(pen, '#ffffff', side * 6 + 0.5, 45.4, 0.45)
      }
      line(hair === '#191619' || hair === '#120d0c' ? '#2a2020' : hair, 1.2, `M${side * 3.6} 41.4 Q${side * 6.4} 39.8 ${side * 9} 41.6`)
    }
    line(shade, 1.1, 'M0.4 47 C1.4 50 2 51.4 1.2 52.6 C0.6 53.2 -0.6 53.2 -1.2 52.8')
    const open = Math.max(0, Math.sin(seconds * 5.3) * Math.sin(seconds * 1.3)) * 1.6
    shape(style === 'beard' ? '#a5524a' : '#b5534c', `M-4.6 57.6 Q0 ${59 + open * 0.2} 4.6 57.6 Q0 ${62.4 + open} -4.6 57.6 Z`)
    shape('#fffaf5', `M-3.4 58.2 Q0 ${59.2 + open * 0.2} 3.4 58.2 Q0 ${60 + open * 0.5} -3.4 58.2 Z`)
    if (style === 'short' || style === 'beard') shape(hair, 'M-14.6 43 C-17 20 -6 16 1 17 C13 17 17 26 14.6 43 C13 36 11 32 6 30.6 C-2 33 -10 31 -12 34 C-13.4 37 -13.8 40 -14.6 43 Z')
    if (style === 'long') shape(hair, 'M-15 46 C-18 20 -4 18 2 19 C14 19 17 32 15 46 C13 36 8 32 3 27 C-3 34 -12 36 -15 46 Z')
    if (style === 'bob') shape(hair, 'M-15 47 C-17 18 17 18 15 47 C14 40 13 36 12 35 C4 37 -5 36 -11 34.6 C-13.4 38 -14 42 -15 47 Z')
    if (style === 'bun') shape(hair, 'M-14.6 42 C-15 18 15 18 14.6 42 C12 33 7 29 0 28.6 C-7 29 -12 33 -14.6 42 Z')
    if (style === 'curls') for (let curl = 0; curl < 9; curl++) oval(pen, hair, 13 * Math.cos(3.35 + curl * 0.34), 36 + 13 * Math.sin(3.35 + curl * 0.34), 5.4)
    if (look.glasses === true) {
      for (const side of [-1, 1]) line('#2c2a2a', 0.8, `M${side * 6 - 4} 46 a4 3.6 0 1 0 8 0 a4 3.6 0 1 0 -8 0`)
      line('#2c2a2a', 0.8, 'M-2 45.4 Q0 44.4 2 45.4 M-10 45.4 L-14 44.6 M10 45.4 L14 44.6')
    }
  }
}
