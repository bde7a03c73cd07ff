/**
 * Runs in a namespace: `echo PORT` sends every UDP packet back; `probe ADDRESS PORT COUNT EVERY_MS BYTES` sends so many to it and
 * prints, as JSON, for each the time until it was back in milliseconds, or null. Both say `ready` first.
 */
import { createSocket } from 'node:dgram'

/** What comes back later is lost, milliseconds. */
const PATIENCE_MS = 2_000

const [mode = '', ...args] = process.argv.slice(2)
const socket = createSocket('udp4')
if (mode === 'echo') {
  socket.on('message', (message, { port, address }) => socket.send(message, port, address))
  socket.bind(Number(args[0]), ready)
} else socket.bind(0, () => probe(args[0] ?? '', args.slice(1).map(Number)))

function probe(address: string, [port = 0, count = 0, everyMs = 0, bytes = 0]: number[]): void {
  const sent: number[] = []
  const took: Array<number | null> = []
  socket.on('message', (message) => {
    const number = message.readUInt32BE()
    took[number] = performance.now() - (sent[number] ?? NaN)
  })
  const message = Buffer.alloc(bytes)
  // What is due is sent at once, however late a timer fires.
  const startMs = performance.now()
  const step = (): void => {
    while (sent.length < count && performance.now() - startMs >= sent.length * everyMs) {
      message.writeUInt32BE(sent.length)
      took[sent.length] = null
      sent.push(performance.now())
      socket.send(Buffer.from(message), port, address)
    }
    if (sent.length < count) setTimeout(step, 1)
    else setTimeout(finish, PATIENCE_MS)
  }
  const finish = (): void => {
    process.stdout.write(JSON.stringify(took))
    socket.close()
  }
  ready()
  step()
}

function ready(): void {
  process.stderr.write('ready\n')
}
