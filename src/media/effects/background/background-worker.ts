/** Worker: gives the frames of a camera another background. `background-engine.ts` starts and ends it. */
import type { EffectErrorCode } from '../../types.ts'
import { FrameLine } from './frame-line.ts'
import { letGo, type FromWorker, type ToWorker } from './messages.ts'
import { PictureMaker } from './picture-maker.ts'
import { loadSegmenter } from './segmenter.ts'

let parts: { maker: PictureMaker, line: FrameLine } | undefined
/** What came while the model was being loaded: the last of each kind is what counts. */
let latest: { readable?: ReadableStream<VideoFrame>, background?: Extract<ToWorker, { type: 'background' }>['background'] } = {}

const report = (message: FromWorker): void => postMessage(message)
const fail = (error: EffectErrorCode) => (reason: unknown): void => {
  report({ type: 'failed', error, reason: String(reason) })
}

async function start({ background, readable, writable }: Extract<ToWorker, { type: 'start' }>): Promise<void> {
  latest = { readable, background }
  const segmenter = await loadSegmenter()
  const maker = new PictureMaker(segmenter, latest.background ?? background, report)
  let isOn = false
  const line = new FrameLine(writable, (frame, isFirst) => maker.make(frame, isFirst), () => {
    if (!isOn) report({ type: 'on' })
    isOn = true
  })
  parts = { maker, line }
  void line.input(latest.readable ?? readable).catch(fail('effect-failed'))
}

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'start': return void start(data).catch(fail('effect-not-loaded'))
    case 'input':
      if (parts === undefined) latest.readable = data.readable
      else void parts.line.input(data.readable).catch(fail('effect-failed'))
      return
    case 'background':
      if (parts === undefined) {
        letGo(latest.background)
        latest.background = data.background
      } else parts.maker.background = data.background
  }
})
