import landscapeModelUrl from '@mediapipe/selfie_segmentation/selfie_segmentation_landscape.tflite?url'
import portraitModelUrl from '@mediapipe/selfie_segmentation/selfie_segmentation.tflite?url'
import graphUrl from '@mediapipe/selfie_segmentation/selfie_segmentation.binarypb?url'
import solutionUrl from '@mediapipe/selfie_segmentation/selfie_segmentation.js?url'
import plainCodeUrl from '@mediapipe/selfie_segmentation/selfie_segmentation_solution_wasm_bin.js?url'
import plainWasmUrl from '@mediapipe/selfie_segmentation/selfie_segmentation_solution_wasm_bin.wasm?url'
import simdCodeUrl from '@mediapipe/selfie_segmentation/selfie_segmentation_solution_simd_wasm_bin.js?url'
import simdWasmUrl from '@mediapipe/selfie_segmentation/selfie_segmentation_solution_simd_wasm_bin.wasm?url'
import type { SelfieSegmentation, Results } from '@mediapipe/selfie_segmentation'
import { standInForPage } from './page-stand-in.ts'

/** Finds the person in pictures, one at a time. */
export interface Segmenter {
  /** The outline: how certainly each pixel is the person's in its alpha, at the size of the picture. The caller closes it. */
  outline(picture: OffscreenCanvas): Promise<ImageBitmap>
}

const FILES: Record<string, string> = {
  'selfie_segmentation.binarypb': graphUrl,
  'selfie_segmentation.tflite': portraitModelUrl,
  'selfie_segmentation_landscape.tflite': landscapeModelUrl,
  'selfie_segmentation_solution_wasm_bin.js': plainCodeUrl,
  'selfie_segmentation_solution_wasm_bin.wasm': plainWasmUrl,
  'selfie_segmentation_solution_simd_wasm_bin.js': simdCodeUrl,
  'selfie_segmentation_solution_simd_wasm_bin.wasm': simdWasmUrl,
}

/** The two models look at pictures of these sizes, pixels. */
export const LANDSCAPE_INPUT = { width: 256, height: 144 }
export const PORTRAIT_INPUT = { width: 256, height: 256 }

/** Loads MediaPipe, about 2.3 MB. Rejects when one of its files does not come. Runs on the processor: graphics belong to the encoders. */
export async function loadSegmenter(): Promise<Segmenter> {
  standInForPage()
  // By its address: the package says that it has no side effects, and a bundler believes it, but it has nothing else.
  await import(/* @vite-ignore */ solutionUrl)
  const solution = new (globalThis as unknown as { SelfieSegmentation: new (config: object) => SelfieSegmentation }).SelfieSegmentation({
    locateFile: (name: string) => FILES[name] ?? name,
  })
  let results: Results | undefined
  solution.onResults((latest) => { results = latest })
  let isPortrait: boolean | undefined
  const choose = (portrait: boolean): void => {
    if (portrait === isPortrait) return
    isPortrait = portrait
    // `useCpuInference` is not among the declared options, and is what its makers use on iPhones.
    solution.setOptions({ modelSelection: portrait ? 0 : 1, useCpuInference: true } as object)
  }
  choose(false)
  await solution.initialize()
  return {
    async outline(picture) {
      choose(picture.width <= picture.height)
      results = undefined
      await solution.send({ image: picture as unknown as HTMLCanvasElement })
      const found = results as Results | undefined
      if (found === undefined) throw new Error('the model has said nothing')
      const { image, segmentationMask } = found as unknown as Record<keyof Results, ImageBitmap>
      image.close()
      return segmentationMask
    },
  }
}
