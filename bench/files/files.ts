/** One file from one browser to another, in a call whose picture and memory are measured without it and with it. */
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultConfig } from '../../relay/config/defaults.ts'
import { createRelay } from '../../relay/relay.ts'
import { buildApp } from '../../scripts/build-app.ts'
import { childController, type Lifetime } from '../../src/util/abort.ts'
import { progress, table, tenth, whole } from '../report.ts'
import { openCaller, type Caller } from './caller.ts'
import { watch, type Watched } from './watch.ts'

export interface FileBenchOptions extends Lifetime {
  bytes: number
  /** How long the call is watched without the file, before and after. */
  callSeconds: number
  /** Where the receiver puts it: the browser's own file system, or a file that the person has chosen. */
  into: 'kept' | 'chosen'
}

/** Prints a table; resolves with whether the file arrived as it was. */
export async function benchFile({ bytes, callSeconds, into, signal }: FileBenchOptions): Promise<boolean> {
  const running = childController(signal)
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-files-'))
  const callers: Caller[] = []
  progress('building the app')
  await buildApp()
  const relay = await createRelay({ ...defaultConfig(), port: 0, tcpPort: 0, host: '127.0.0.1', app: true, bootstrap: [], announce: [] }, { signal: running.signal })
  try {
    const path = join(folder, 'large.bin')
    progress(`writing ${whole(bytes / 1e6)} MB`)
    const wanted = await writeRandom(path, bytes)
    for (const name of ['Ada', 'Ben']) callers.push(await openCaller(`${relay.httpUrl}/`, { name, folder: join(folder, name), chooses: into === 'chosen' }))
    const [ada, ben] = callers as [Caller, Caller]
    await Promise.all(callers.map((caller) => caller.meets()))
    progress('letting the call settle')
    await new Promise((resolve) => { setTimeout(resolve, 20_000) })
    progress(`watching the call for ${callSeconds} s`)
    const before = await watch([ada, ben], new Promise((resolve) => { setTimeout(resolve, callSeconds * 1_000) }))
    progress('sending the file')
    await ada.offers(path)
    const beganAt = performance.now()
    let seconds = 0
    const during = await watch([ada, ben], ben.fetches().then(() => { seconds = (performance.now() - beganAt) / 1_000 }))
    progress(`arrived after ${tenth(seconds)} s; comparing`)
    const got = await sha256(await ben.saves())
    progress(`watching the call for ${callSeconds} s again`)
    const after = await watch([ada, ben], new Promise((resolve) => { setTimeout(resolve, callSeconds * 1_000) }))
    print({ bytes, seconds, isSame: got === wanted, into, before, during, after })
    return got === wanted
  } finally {
    await Promise.all(callers.map((caller) => caller.close()))
    await relay.close()
    running.abort()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Result {
  bytes: number
  seconds: number
  isSame: boolean
  into: string
  before: Watched
  during: Watched
  after: Watched
}

function print({ bytes, seconds, isSame, into, before, during, after }: Result): void {
  console.log(`${whole(bytes / 1e6)} MB, ${into}: ${tenth(seconds)} s, ${tenth(bytes / seconds / 1e6)} MB/s, SHA-256 ${isSame ? 'as it was' : 'WRONG'}\n`)
  const all = [before, during, after]
  const row = (what: string, of: (watched: Watched) => string): string[] => [what, ...all.map(of)]
  const rows = ['Ada', 'Ben'].flatMap((name, i) => [
    row(`frames a second that ${name} sees, mean`, ({ people }) => tenth(people[i]?.fps)),
    row(`the same, slowest second`, ({ people }) => whole(people[i]?.lowestFps)),
    row(`freezes, and their seconds`, ({ people }) => `${whole(people[i]?.freezes)}, ${tenth(people[i]?.frozenSeconds)}`),
    row(`${name}'s tab: memory (PSS) mean, MB`, ({ people }) => whole(people[i]?.tab.mean)),
    row('the same, most', ({ people }) => whole(people[i]?.tab.most)),
    row('the same, most above the mean of the call before', ({ people }) => whole((people[i]?.tab.most ?? NaN) - (before.people[i]?.tab.mean ?? NaN))),
    row('JS heap of the page, most, MB', ({ people }) => tenth(people[i]?.heapMost)),
    row(`all other processes of ${name}'s browser, most, MB`, ({ people }) => whole(people[i]?.others.most)),
  ])
  console.log(table(['', 'call before', 'with the file', 'call after'], rows))
}

async function writeRandom(path: string, bytes: number): Promise<string> {
  const hash = createHash('sha256')
  const file = await open(path, 'w')
  for (let left = bytes; left > 0;) {
    const part = randomBytes(Math.min(left, 4_194_304))
    hash.update(part)
    await file.write(part)
    left -= part.length
  }
  await file.close()
  return hash.digest('hex')
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part as Uint8Array)
  return hash.digest('hex')
}
