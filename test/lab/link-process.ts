/**
 * A process of its own for each link: reads packets from one end, waits as its shape says, and writes them to the other.
 * Arguments are the character devices of the two ends. Each line on stdin is a `LinkShapes` as JSON, and is answered on
 * stdout by the counts since the start. It has to be killed: a read that waits for packets cannot be given up.
 */
import { openSync, read, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { CLEAR, Shaper } from './shaper.ts'
import type { LinkCounts, LinkShapes } from './link.ts'

/** As long as a frame can be, with the header that the device puts before it. */
const FRAME_BYTES = 66_000
/** The header (virtio_net_hdr) says what is left to be computed of a packet. It goes along, and is no part of the line's load. */
const HEADER_BYTES = 10
const RETRY_MS = 100

const [site = '', outer = ''] = process.argv.slice(2)
const ends = { site: openSync(site, 'r+'), outer: openSync(outer, 'r+') }
const shapers = { up: new Shaper(), down: new Shaper() }
const counts: LinkCounts = { up: { passed: 0, lost: 0 }, down: { passed: 0, lost: 0 } }

forward('up', ends.site, ends.outer)
forward('down', ends.outer, ends.site)

createInterface({ input: process.stdin }).on('line', (line) => {
  const shapes = JSON.parse(line) as LinkShapes
  for (const direction of ['up', 'down'] as const) {
    // JSON has no Infinity: what does not limit is left out.
    shapers[direction].shape = { ...CLEAR, ...shapes[direction] }
  }
  process.stdout.write(`${JSON.stringify(counts)}\n`)
})
process.stdin.on('close', () => process.kill(process.pid, 'SIGKILL'))

function forward(direction: 'up' | 'down', from: number, to: number): void {
  const buffer = Buffer.allocUnsafe(FRAME_BYTES)
  const waiting: Array<{ frame: Buffer, dueMs: number }> = []
  const send = (frame: Buffer): void => {
    try {
      writeSync(to, frame)
    } catch {
      // The other end is down or its queue is full: the packet is lost there, as on any line.
    }
  }
  const release = (): void => {
    // Node's timers may fire a fraction early.
    for (let head = waiting[0]; head !== undefined && head.dueMs <= performance.now() + 0.5; head = waiting[0]) {
      waiting.shift()
      send(head.frame)
    }
    const [head] = waiting
    if (head !== undefined) setTimeout(release, Math.max(0, head.dueMs - performance.now()))
  }
  const take = (length: number): void => {
    const now = performance.now()
    const dueMs = shapers[direction].admit(length - HEADER_BYTES, now)
    counts[direction][dueMs === undefined ? 'lost' : 'passed']++
    if (dueMs === undefined) return
    if (dueMs <= now && waiting.length === 0) return send(buffer.subarray(0, length))
    waiting.push({ frame: Buffer.from(buffer.subarray(0, length)), dueMs })
    if (waiting.length === 1) setTimeout(release, Math.max(0, dueMs - now))
  }
  const next = (): void => read(from, buffer, 0, FRAME_BYTES, null, (error, length) => {
    // The interface may be down for a while.
    if (error !== null) return setTimeout(next, RETRY_MS)
    take(length)
    next()
  })
  next()
}
