/** Worker: gets a topic, answers with its stretched bytes. One topic, one worker; `stretch.ts` ends it. */
import { stretchTopic } from '../wire/stretch.ts'
import type { Topic } from '../wire/index.ts'

addEventListener('message', ({ data }: MessageEvent<Topic>) => {
  const bytes = stretchTopic(data)
  postMessage(bytes, { transfer: [bytes.buffer] })
})
