/** Worker: writes one file in blocks as its bytes come, and sums them up. `open-sink.ts` ends it. */
import { FILE_BLOCK_BYTES } from '../../../wire/protocol.ts'
import { Summer } from '../sum.ts'
import type { FromSink, ToSink } from './messages.ts'
import { browserFolder, browserPlace, chosenPlace, memoryPlace, type Place } from './place.ts'

const summer = new Summer()
const block = new Uint8Array(FILE_BLOCK_BYTES)
let filled = 0
let written = 0
let place: Place | undefined
let queue: Promise<void> = Promise.resolve()

addEventListener('message', ({ data }: MessageEvent<ToSink>) => {
  queue = queue.then(() => act(data)).catch(async (error: unknown) => {
    const { name, message } = error instanceof Error || error instanceof DOMException ? error : new Error(String(error))
    await place?.discard().catch(() => undefined)
    place = undefined
    say({ kind: 'broken', name, message })
  })
})

async function act(message: ToSink): Promise<void> {
  switch (message.kind) {
    case 'open': return await open(message)
    case 'write': return await write(message.bytes)
    case 'sum':
      await flush()
      return say({ kind: 'sum', sum: await summer.sum() })
    case 'keep': {
      const file = await place?.keep()
      if (file) say({ kind: 'kept', file })
      return
    }
    case 'discard':
      await place?.discard()
      place = undefined
      return say({ kind: 'ended' })
    default: return message satisfies never
  }
}

async function open({ name, size, into }: Extract<ToSink, { kind: 'open' }>): Promise<void> {
  const folder = into === null ? await browserFolder() : null
  if (into !== null) place = await chosenPlace(into)
  else place = folder === null ? memoryPlace(size) : await browserPlace(folder, name, size, FILE_BLOCK_BYTES)
  for (; written < place.kept; written += FILE_BLOCK_BYTES) await summer.add(place.read(written, FILE_BLOCK_BYTES))
  say({ kind: 'opened', kept: place.kept })
}

async function write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  for (let from = 0; from < bytes.length;) {
    const part = bytes.subarray(from, from + FILE_BLOCK_BYTES - filled)
    block.set(part, filled)
    filled += part.length
    from += part.length
    if (filled === FILE_BLOCK_BYTES) await flush()
  }
}

async function flush(): Promise<void> {
  if (filled === 0 || place === undefined) return
  const full = block.subarray(0, filled)
  await Promise.all([summer.add(full), place.write(written, full)])
  written += filled
  filled = 0
  say({ kind: 'written', bytes: written })
}

function say(message: FromSink): void {
  postMessage(message)
}
