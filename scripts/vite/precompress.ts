import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

/** Files that shrink; pictures and sounds are compressed already, and the page is not sent as it stands. */
const SHRINKS = /\.(css|js|json|svg|txt|wasm|webmanifest)$/
/** Smaller files gain less than the header costs, bytes. */
const MIN_BYTES = 512
/** Of larger files the last few percent cost the build half a minute: WebAssembly, which few visitors ask for. */
const LARGE_BYTES = 1_000_000
const LARGE_QUALITY = 9

/** Leaves a `.br` and a `.gz` copy beside each built file, as small as they get, for the relay to send. */
export function precompress(): Plugin {
  return {
    name: 'parley:precompress',
    apply: 'build',
    writeBundle: {
      sequential: true,
      order: 'post',
      handler: async ({ dir = 'dist' }, bundle) => {
        const names = Object.keys(bundle).filter((name) => SHRINKS.test(name) && !name.startsWith('.'))
        await Promise.all(names.map((name) => compressFile(join(dir, name))))
      }
    }
  }
}

async function compressFile(file: string): Promise<void> {
  const body = await readFile(file)
  if (body.length < MIN_BYTES) return
  const quality = body.length < LARGE_BYTES ? constants.BROTLI_MAX_QUALITY : LARGE_QUALITY
  const smallest = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.length, [constants.BROTLI_PARAM_QUALITY]: quality } }
  await writeFile(`${file}.br`, await promisify(brotliCompress)(body, smallest))
  await writeFile(`${file}.gz`, await promisify(gzip)(body, { level: constants.Z_BEST_COMPRESSION }))
}
