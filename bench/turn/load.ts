import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Lifetime } from '../../src/util/abort.ts'
import { median } from '../fit.ts'
import { SECRET } from './contenders.ts'
import type { Contender } from './contenders.ts'
import { useOf } from './process-use.ts'

/** A way of sending, in the terms of `turnutils_uclient`: each of `clients` sends `messages`, which a peer sends back. */
export interface Load {
  name: string
  flags: readonly string[]
  clients: number
  messages: number
  /** Pause between a client's messages, milliseconds. */
  intervalMs: number
}

/** Of one message, bytes: about what a packet of video holds. */
export const MESSAGE_BYTES = 1_200

/** What one run came to. */
export interface Run {
  /** Relayed packets, to the peer and back, in the median second. */
  packetsPerSecond: number
  /** Of what was sent, how much did not come back; 0 to 1. */
  loss: number
  /** Of the server's process. */
  cpuSeconds: number
  /** The server's processor time for each packet that it relayed. */
  microsecondsPerPacket: number
  rssMegabytes: number
}

/**
 * Puts a load on a server and measures it.
 *
 * @throws {Error} when the tool fails
 */
export async function run({ pid, port }: Contender, echoPort: number, load: Load, { signal }: Lifetime): Promise<Run> {
  const before = useOf(pid)
  const tool = spawn('stdbuf', [
    // By line, so that each report can be timed.
    '-oL', 'turnutils_uclient', ...load.flags, '-c', '-u', 'bench', '-W', SECRET,
    '-m', String(load.clients), '-n', String(load.messages), '-z', String(load.intervalMs), '-l', String(MESSAGE_BYTES),
    '-p', String(port), '-e', '127.0.0.1', '-r', String(echoPort), '127.0.0.1'
  ], { stdio: ['ignore', 'pipe', 'inherit'], signal })
  const exit = once(tool, 'exit')
  const reports: Report[] = []
  for await (const line of createInterface(tool.stdout)) {
    const [, sent, received] = /tot_send_msgs=(\d+), tot_recv_msgs=(\d+)/.exec(line) ?? []
    if (sent !== undefined) reports.push({ atMs: performance.now(), sent: Number(sent), received: Number(received) })
  }
  const [code] = await exit as [number | null]
  if (code !== 0) throw new Error(`turnutils_uclient ended with ${code}`)
  const after = useOf(pid)
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds
  const { sent, received } = reports.at(-1) ?? { sent: 0, received: 0 }
  return {
    packetsPerSecond: 2 * median(ratesOf(reports)), loss: 1 - received / sent,
    cpuSeconds, microsecondsPerPacket: cpuSeconds * 1e6 / (2 * received), rssMegabytes: after.rssMegabytes
  }
}

/** What the tool says about once a second. */
interface Report {
  atMs: number
  sent: number
  received: number
}

/** Messages received per second, between one report and the next, while messages were sent all the time. */
function ratesOf(reports: readonly Report[]): number[] {
  const steps = reports.slice(1).map((now, index) => ({ now, before: reports[index] ?? now }))
  const busy = steps.filter(({ now, before }) => before.sent > 0 && now.received > before.received && now.atMs > before.atMs)
  // The last one is partly idle, unless it is all there is.
  const full = busy.length > 1 ? busy.slice(0, -1) : busy
  return full.map(({ now, before }) => (now.received - before.received) * 1_000 / (now.atMs - before.atMs))
}
