import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadSite } from '../../relay/http/site.ts'
import { join, sees, seesAndHears, startChromium, startRelay } from './harness.ts'
import type { TestRelay } from './harness.ts'

const DIST = fileURLToPath(new URL('../../dist', import.meta.url))

describe('a page from elsewhere, that no relay has served', () => {
  let browser: Browser
  let relay: TestRelay
  let elsewhere: Server

  beforeAll(async () => {
    browser = await startChromium()
    relay = await startRelay()
    elsewhere = await serveApp()
  })

  afterAll(async () => {
    await browser.close()
    await relay.stop()
    elsewhere.close()
  })

  test('comes to a relay by webrtc-direct alone and meets people who came by WebSocket', async () => {
    const address = relay.relay.multiaddrs().find((each) => each.includes('/webrtc-direct/'))
    const url = `http://localhost:${(elsewhere.address() as AddressInfo).port}/`
    const anna = await join(browser, url, 'two ways', { name: 'Anna', parameters: `relay=${encodeURIComponent(address ?? '')}` })
    const ben = await join(browser, relay.url, 'two ways', { name: 'Ben' })
    await sees(anna, ['Ben'])
    await sees(ben, ['Anna'])
    await seesAndHears(anna, 1)
    await seesAndHears(ben, 1)
    const ways = relay.relay.libp2p.getConnections().map(({ remoteAddr }) => remoteAddr.toString().includes('/webrtc-direct') ? 'direct' : 'socket')
    expect(ways.toSorted()).toEqual(['direct', 'socket'])
    await Promise.all([anna.context.close(), ben.context.close()])
  })
})

/** The built app as it is, on a web server that is no relay. */
async function serveApp(): Promise<Server> {
  const site = await loadSite(DIST)
  if (site === undefined) throw new Error('the app is not built')
  const server = createServer(({ url = '/' }, response) => {
    const file = site.files.get(url)
    response.setHeader('Content-Type', file?.type ?? 'text/html; charset=utf-8')
    response.end(file?.body ?? site.page)
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  return server
}
