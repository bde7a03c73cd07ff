/** Memory of a browser that records a call, beside one that does not: what `npm run bench -- record` does. */
import { parseArgs } from 'node:util'
import { chromium, type BrowserServer, type Page } from 'playwright-core'
import { defaultConfig } from '../../relay/config/defaults.ts'
import { createRelay } from '../../relay/relay.ts'
import { buildApp, isBuilt } from '../../scripts/build-app.ts'
import { requireChromium } from '../../scripts/chromium.ts'
import { childController, delay, type Lifetime } from '../../src/util/abort.ts'
import { progress, table, whole } from '../report.ts'
import { memoryOf, sum } from './browser-memory.ts'

const FLAGS = [
  '--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--disable-gpu',
  '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding', '--autoplay-policy=no-user-gesture-required',
  '--use-fake-device-for-media-stream=fps=25', '--use-fake-ui-for-media-stream',
]
const MINUTE_MS = 60_000
/** A call comes to rest before it is measured. */
const SETTLE_MS = 20_000
/** On a machine that is busy with other things too, the app takes its time. */
const LOAD_MS = 180_000

interface Row {
  minute: number
  /** Megabytes. */
  heap: number
  all: number
  renderer: number
  browser: number
  /** What has been written. */
  file: number
}

/** Measures each way for so many minutes, one after the other; exit code 2 when the arguments make no sense. */
export async function record(args: string[], lifetime: Lifetime): Promise<number> {
  const { values } = parseArgs({ args, options: { minutes: { type: 'string', default: '10' }, kind: { type: 'string', default: 'mixed' }, only: { type: 'string' } } })
  const minutes = Number(values.minutes)
  const { kind } = values
  if (!(minutes >= 1) || (kind !== 'mixed' && kind !== 'separate')) {
    progress('usage: npm run bench -- record [--minutes N] [--kind mixed|separate] [--only control|recording]')
    return 2
  }
  if (!await isBuilt()) await buildApp()
  for (const way of ['control', 'recording'] as const) {
    if (values.only !== undefined && values.only !== way) continue
    const rows = await measure(way === 'recording' ? kind : null, minutes, lifetime)
    console.log(`\n### ${way === 'recording' ? `A call of two, recorded (${kind})` : 'The same call, not recorded'}\n`)
    console.log(table(['minute', 'JS heap, MB', 'all processes, MB', 'of these renderers', 'browser process', 'file, MB'],
      rows.map(({ minute, heap, all, renderer, browser, file }) => [String(minute), heap.toFixed(1), whole(all), whole(renderer), whole(browser), file.toFixed(1)])))
  }
  return 0
}

async function measure(kind: 'mixed' | 'separate' | null, minutes: number, { signal }: Lifetime): Promise<Row[]> {
  const running = childController(signal)
  const relay = await createRelay({ ...defaultConfig(), port: 0, tcpPort: 0, host: '127.0.0.1', app: true, bootstrap: [], announce: [] }, { signal: running.signal })
  // Each person has a browser, so that the memory of one is not the other's.
  const servers = await Promise.all([launch(), launch()])
  try {
    const [anna, ben] = await Promise.all(servers.map((server, index) => enter(server, `${relay.httpUrl}/#/record-bench?join=now&name=${index === 0 ? 'Anna' : 'Ben'}`)))
    const pid = servers[0]?.process().pid
    if (anna === undefined || ben === undefined || pid === undefined) throw new Error('no browser')
    await anna.locator('[data-testid="tile"][data-connection="connected"]:not([data-self])').waitFor()
    await delay(SETTLE_MS, running.signal)
    const rows = [await look(anna, pid, 0)]
    if (kind !== null) await startRecording(anna, ben, kind)
    for (let minute = 1; minute <= minutes && !running.signal.aborted; minute += 1) {
      await delay(MINUTE_MS, running.signal)
      rows.push(await look(anna, pid, minute))
      progress(`${kind ?? 'control'}: ${JSON.stringify(rows.at(-1))}`)
    }
    return rows
  } finally {
    running.abort()
    await Promise.all([...servers.map((server) => server.close()), relay.close()])
  }
}

function launch(): Promise<BrowserServer> {
  return chromium.launchServer({ executablePath: requireChromium(), args: FLAGS, handleSIGINT: false })
}

async function enter(server: BrowserServer, url: string): Promise<Page> {
  const browser = await chromium.connect(server.wsEndpoint())
  const page = await (await browser.newContext({ permissions: ['camera', 'microphone'], viewport: { width: 1_000, height: 700 } })).newPage()
  page.setDefaultTimeout(LOAD_MS)
  await page.goto(url)
  await page.getByTestId('call').waitFor()
  return page
}

async function startRecording(anna: Page, ben: Page, kind: string): Promise<void> {
  await anna.getByTestId('menu').click()
  await anna.getByTestId('record').click()
  await anna.getByTestId(`record-${kind}`).click()
  await anna.getByTestId('record-start').click()
  await ben.getByTestId('recording-allow').click()
  await anna.getByTestId('recording-left-out').waitFor({ state: 'hidden' })
}

async function look(page: Page, pid: number, minute: number): Promise<Row> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  const { usage = 0 } = await page.evaluate(() => navigator.storage.estimate())
  const processes = await memoryOf(pid)
  return { minute, heap: usedSize / 1_048_576, all: sum(processes), renderer: sum(processes, 'renderer'), browser: sum(processes, 'browser'), file: usage / 1_048_576 }
}
