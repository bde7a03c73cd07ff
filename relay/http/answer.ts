import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { SECURITY_HEADERS } from './headers.ts'

/** An answer before it is written. */
export interface Answer {
  status: number
  headers: OutgoingHttpHeaders
  body: Buffer
}

/** Answers requests for one path; undefined as if there were no such path. */
export type Route = (request: IncomingMessage) => Answer | Promise<Answer> | undefined

/** A short answer in plain text, which nobody keeps. */
export function textAnswer(status: number, body: string, headers: OutgoingHttpHeaders = {}): Answer {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...headers }, body: Buffer.from(body) }
}

/** Writes an answer; without its body when only that was asked for. */
export function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
  const length = status === 304 ? {} : { 'Content-Length': body.length }
  response.writeHead(status, { ...SECURITY_HEADERS, ...headers, ...length })
  response.end(request.method === 'HEAD' ? undefined : body)
}
