import { Refusal } from './message.ts'

/**
 * Engines inflate a written chunk whole before anyone can read of it. Deflate expands at most 1032-fold, so chunks of this
 * size bound what a bomb can occupy to about a megabyte.
 */
const CHUNK_BYTES = 1024

/** Compresses (raw deflate, RFC 1951). */
export function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return pipe(bytes, new CompressionStream('deflate-raw'), Infinity)
}

/**
 * Undoes `deflate`, giving up as soon as the result is longer than `maxBytes`.
 *
 * @throws {Refusal} `too-large`; `malformed` when it is not one whole raw deflate stream
 */
export async function inflate(bytes: Uint8Array<ArrayBuffer>, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await pipe(bytes, new DecompressionStream('deflate-raw'), maxBytes)
  } catch (cause) {
    throw cause instanceof Refusal ? cause : new Refusal('malformed', 'not a deflate stream', { cause })
  }
}

async function pipe(
  bytes: Uint8Array<ArrayBuffer>, stream: GenericTransformStream, maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader()
  // Whatever makes writing fail makes reading fail too, and there it is reported.
  write(bytes, stream.writable.getWriter()).catch(() => undefined)
  const chunks: Uint8Array[] = []
  let length = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value)
    length += next.value.length
    if (length > maxBytes) {
      // Ends the writing as well. How it ends does not matter any more.
      reader.cancel().catch(() => undefined)
      throw new Refusal('too-large', `inflates to more than ${maxBytes} bytes`)
    }
  }
  return concat(chunks, length)
}

async function write(bytes: Uint8Array<ArrayBuffer>, writer: WritableStreamDefaultWriter<unknown>): Promise<void> {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    await writer.write(bytes.subarray(start, start + CHUNK_BYTES))
  }
  await writer.close()
}

function concat(chunks: Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}
