import { addressOfVisit } from './host-address.ts'
import type { Visit } from './host-address.ts'

const RELAYS_META = /<meta\s+name="parley-relays"[^>]*>/i

/**
 * The multiaddrs to write into the page: first the one by which the page itself was reached, then the announced ones,
 * each once. A page that came by https gets none that a browser would block as mixed content.
 */
export function relaysForPage(visit: Visit, peerId: string, announced: readonly string[]): string[] {
  const own = addressOfVisit(visit)
  const reached = own === undefined ? announced : [`${own}/p2p/${peerId}`, ...announced]
  const usable = visit.secure ? reached.filter((address) => !/\/tcp\/\d+\/ws(\/|$)/.test(address)) : reached
  return [...new Set(usable)]
}

/** The page with `relays` in its `<meta name="parley-relays">`, which is added when the page has none. */
export function pageWithRelays(html: string, relays: readonly string[]): string {
  const meta = `<meta name="parley-relays" content="${relays.map(escapeAttribute).join(' ')}">`
  return RELAYS_META.test(html)
    ? html.replace(RELAYS_META, () => meta)
    : html.replace('</head>', () => `  ${meta}\n</head>`)
}

function escapeAttribute(text: string): string {
  return text.replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`)
}
