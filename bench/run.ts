/** `npm run bench -- NAME [options]`: prints markdown to stdout and progress to stderr; exit code 1 when something failed. */
import type { Lifetime } from '../src/util/abort.ts'
import { progress } from './report.ts'

/** Runs with the arguments after its name; resolves with the exit code. */
type Bench = (args: string[], lifetime: Lifetime) => Promise<number>

/** Each is loaded only when it is asked for. */
const BENCHES: Record<string, () => Promise<Bench>> = {
  join: async () => (await import('./join/main.ts')).join,
  storm: async () => (await import('./join/main.ts')).storm,
  files: async () => (await import('./files/main.ts')).files,
  turn: async () => (await import('./turn/main.ts')).turn,
  dht: async () => (await import('./dht/main.ts')).dht,
  soak: async () => (await import('./soak/main.ts')).soak,
  idle: async () => (await import('./soak/main.ts')).idle,
  call: async () => (await import('./call/main.ts')).call,
  latency: async () => (await import('./call/main.ts')).latency,
  record: async () => (await import('./record/main.ts')).record,
  effects: async () => (await import('./effects/main.ts')).effects
}

const [name = 'join', ...args] = process.argv.slice(2)
const load = BENCHES[name]
if (load === undefined) {
  progress(`usage: npm run bench -- ${Object.keys(BENCHES).join('|')} [options]`)
  process.exit(2)
}
const lifetime = new AbortController()
process.once('SIGINT', () => lifetime.abort())
const bench = await load()
// Nodes that vanished in a bench have timers left that nobody waits for.
process.exit(await bench(args, lifetime))
