/** What the page may do. Scripts and style sheets only from here, and no style attributes; sockets to any relay, since relays are interchangeable. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  // WebAssembly, and no other code that comes as data: what takes noise and background away is compiled for it.
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self' ws: wss:",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ')

/** Sent with every answer. */
export const SECURITY_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(self), microphone=(self), display-capture=(self), geolocation=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff'
} as const

/** Compressions we can send, best first. */
export const ENCODINGS = ['br', 'gzip'] as const
export type Encoding = typeof ENCODINGS[number]

/** The compressions that a request accepts, by its Accept-Encoding header. `q=0` means "not this one". */
export function acceptedEncodings(header: string | undefined): Encoding[] {
  const offers = new Map((header ?? '').split(',').map((part) => {
    const [name = '', quality = 'q=1'] = part.trim().toLowerCase().split(/\s*;\s*/)
    return [name, Number(quality.replace(/^q=/, '')) > 0] as const
  }))
  return ENCODINGS.filter((encoding) => offers.get(encoding) ?? offers.get('*') ?? false)
}
