import { createInterface } from 'node:readline'
import { startNode } from './command.ts'
import type { LabRelay } from './relay-process.ts'

const WITHIN_MS = 120_000

/** Runs in the relay's namespace, since only there its metrics are told: asks until so many reservations are held. */
const WATCH = `
const [url, wanted] = process.argv.slice(1)
for (;;) {
  const text = await fetch(url).then((answer) => answer.text()).catch(() => '')
  if (Number(/^parley_relay_reservations (\\d+)/m.exec(text)?.[1]) >= Number(wanted)) break
  await new Promise((resolve) => setTimeout(resolve, 50))
}
console.log(Date.now())
`

/**
 * Waits until the relay has given so many reservations; resolves with the time, milliseconds since 1970.
 *
 * @throws {Error} when that takes more than two minutes
 */
export async function reservationsReach({ url, namespace }: LabRelay, count: number): Promise<number> {
  const metrics = `http://localhost:${new URL(url).port || 80}/metrics`
  const child = startNode(namespace, ['--input-type=module', '--eval', WATCH, metrics, String(count)])
  child.stderr.pipe(process.stderr)
  const timer = setTimeout(() => child.kill('SIGKILL'), WITHIN_MS)
  try {
    for await (const line of createInterface({ input: child.stdout })) return Number(line)
    throw new Error(`the relay has not given ${count} reservations within ${WITHIN_MS} ms`)
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
  }
}
