/** `npm run dev`: Vite's server, which reloads what you edit, and a relay for the pages it serves. */
import { createServer } from 'vite'
import type { Plugin } from 'vite'
import { pageWith, relaysForPage } from '../relay/http/page.ts'
import { defaultConfig } from '../relay/config/defaults.ts'
import { createRelay } from '../relay/relay.ts'
import { DEFAULT_NETWORK } from '../src/wire/network.ts'

const RELAY_PORT = 8090

/** Under which name this machine was asked for last; Vite does not tell `transformIndexHtml` whose page it is. */
let host = 'localhost'
const running = new AbortController()
const relay = await createRelay(
  { ...defaultConfig(), port: RELAY_PORT, data: './data/dev-relay', app: false, bootstrap: [], announce: [] },
  running
)

/** Tells each page where the relay is, under the name by which the page itself was reached. */
const tellRelays: Plugin = {
  name: 'parley:dev-relays',
  configureServer: (server) => {
    server.middlewares.use((request, _response, next) => {
      host = request.headers.host?.replace(/:\d+$/, '') ?? host
      next()
    })
  },
  transformIndexHtml: (html) => {
    const addresses = { peerId: relay.peerId, announced: [], listened: relay.multiaddrs(), host: undefined }
    return pageWith(html, { relays: relaysForPage({ host: `${host}:${RELAY_PORT}`, secure: false }, addresses), network: DEFAULT_NETWORK })
  }
}

const vite = await createServer({ plugins: [tellRelays], server: { host: true, port: 5173 } })
await vite.listen()
vite.printUrls()
console.log(`\n  Relay:\n${relay.multiaddrs().map((address) => `  ${address}`).join('\n')}\n\nStop it with Ctrl+C.`)

for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    void Promise.all([vite.close(), relay.close()]).then(() => process.exit(0))
  })
}
