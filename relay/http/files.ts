import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Answer } from './answer.ts'
import { acceptedEncodings } from './headers.ts'
import type { Encoding } from './headers.ts'
import type { StaticFile } from './site.ts'

/** Quick, and the page is small; files are compressed harder, at build time. */
const PAGE_BROTLI_QUALITY = 5

const COMPRESS: Record<Encoding, (body: Buffer) => Buffer> = {
  br: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: PAGE_BROTLI_QUALITY } }),
  gzip: (body) => gzipSync(body)
}

/** The page, which differs from visitor to visitor, in an encoding that the request accepts. */
export function pageAnswer(request: IncomingMessage, page: string): Answer {
  const html = Buffer.from(page)
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache', Vary: 'Accept-Encoding' }
  const [encoding] = acceptedEncodings(headerText(request, 'accept-encoding'))
  if (encoding === undefined) return { status: 200, headers, body: html }
  return { status: 200, headers: { ...headers, 'Content-Encoding': encoding }, body: COMPRESS[encoding](html) }
}

/** A file as the build compressed it, or nothing for a browser that has it. */
export function fileAnswer(request: IncomingMessage, file: StaticFile): Answer {
  const headers: OutgoingHttpHeaders = { 'Cache-Control': file.cacheControl, ETag: file.etag, Vary: 'Accept-Encoding' }
  if (request.headers['if-none-match']?.includes(file.etag) === true) return { status: 304, headers, body: Buffer.alloc(0) }
  headers['Content-Type'] = file.type
  for (const encoding of acceptedEncodings(headerText(request, 'accept-encoding'))) {
    const body = file.compressed[encoding]
    if (body !== undefined) return { status: 200, headers: { ...headers, 'Content-Encoding': encoding }, body }
  }
  return { status: 200, headers, body: file.body }
}

/** A header's value as one text. */
export function headerText(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(',') : value
}
