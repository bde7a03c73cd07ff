/** Reads a QR code out of a picture; null when there is none, or none that can be read. Never rejects. */
export type ReadQr = (video: HTMLVideoElement) => Promise<string | null>

/** Of the Barcode Detection API, which not every browser has. https://wicg.github.io/shape-detection-api/ */
interface Detector {
  detect(image: CanvasImageSource): Promise<{ rawValue: string }[]>
}
interface DetectorClass {
  new(options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}

/** Larger pictures take longer to search and show no more of a code that fills the view, pixels. */
const MAX_SIDE = 960

/** Makes a reader: the browser's own where it has one, else one that is loaded now. */
export async function createQrReader(): Promise<ReadQr> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass }
  const formats = await BarcodeDetector?.getSupportedFormats().catch((): string[] => {
    // A browser that cannot say what it detects detects nothing.
    return []
  })
  if (BarcodeDetector !== undefined && formats?.includes('qr_code')) {
    return nativeReader(new BarcodeDetector({ formats: ['qr_code'] }))
  }
  const { decodeQR } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return async (video) => {
    const scale = Math.min(1, MAX_SIDE / Math.max(video.videoWidth, video.videoHeight))
    canvas.width = Math.round(video.videoWidth * scale)
    canvas.height = Math.round(video.videoHeight * scale)
    if (context === null || canvas.width === 0) return null
    context.drawImage(video, 0, 0, canvas.width, canvas.height)
    try {
      return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height))
    } catch {
      // It throws for every picture without a code, which most are.
      return null
    }
  }
}

function nativeReader(detector: Detector): ReadQr {
  return async (video) => {
    try {
      return (await detector.detect(video))[0]?.rawValue ?? null
    } catch {
      // A frame that is not there yet: the next one will be.
      return null
    }
  }
}
