import { context2d, fit } from './canvas.ts'
import { LANDSCAPE_INPUT, PORTRAIT_INPUT, type Segmenter } from './segmenter.ts'

/** Certainty below which a pixel is not the person's, and above which it is; between them lies a soft edge. */
const OUTSIDE = 0.35
const INSIDE = 0.75
/** Share of the outline before in the new one: enough to calm a trembling edge, too little to trail behind a hand. */
const MEMORY = 0.3

/** Certainty 0..255 to opacity 0..255. */
const OPACITY = Uint8ClampedArray.from({ length: 256 }, (_, certainty) => {
  const x = Math.min(1, Math.max(0, (certainty / 255 - OUTSIDE) / (INSIDE - OUTSIDE)))
  return 255 * x * x * (3 - 2 * x)
})

/** The person's outline, small, with soft edges; `canvas` holds the last one. */
export class Outline {
  readonly canvas = new OffscreenCanvas(1, 1)
  readonly #context = context2d(this.canvas, { willReadFrequently: true })
  readonly #input = new OffscreenCanvas(1, 1)
  readonly #inputContext = context2d(this.#input)
  readonly #segmenter: Segmenter
  #last: Uint8ClampedArray | null = null

  constructor(segmenter: Segmenter) {
    this.#segmenter = segmenter
  }

  /** What was seen so far has nothing to do with the next frame. */
  forget(): void {
    this.#last = null
  }

  /** Looks for the person in this frame. Rejects when the model fails. */
  async look(frame: VideoFrame): Promise<void> {
    const { width, height } = frame.displayWidth > frame.displayHeight ? LANDSCAPE_INPUT : PORTRAIT_INPUT
    if (fit(this.#input, { width, height })) this.#last = null
    this.#inputContext.drawImage(frame, 0, 0, width, height)
    const found = await this.#segmenter.outline(this.#input)
    try {
      fit(this.canvas, { width, height })
      this.#context.globalCompositeOperation = 'copy'
      this.#context.drawImage(found, 0, 0, width, height)
    } finally {
      found.close()
    }
    const image = this.#context.getImageData(0, 0, width, height)
    this.#last = soften(image.data, this.#last)
    this.#context.putImageData(image, 0, 0)
  }
}

/** Turns certainties in the alpha of `pixels` into opacities, calmed by those before; returns the opacities. */
export function soften(pixels: Uint8ClampedArray, before: Uint8ClampedArray | null): Uint8ClampedArray {
  const opacities = new Uint8ClampedArray(pixels.length / 4)
  for (let index = 0; index < opacities.length; index++) {
    const now = OPACITY[pixels[index * 4 + 3] ?? 0] ?? 0
    const opacity = before === null ? now : now + MEMORY * ((before[index] ?? now) - now)
    opacities[index] = opacity
    pixels[index * 4 + 3] = opacity
  }
  return opacities
}
