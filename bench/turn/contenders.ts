import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { delay } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'

/** What all servers sign credentials with. */
export const SECRET = 'of the bench'

/** A TURN server to be measured, in a process of its own. */
export interface Contender {
  name: string
  port: number
  pid: number
}

/** Each contender's command, given its port. */
const COMMANDS: ReadonlyArray<{ name: string, command: (port: string) => [string, string[]] }> = [
  { name: 'parley', command: (port) => [process.execPath, [fileURLToPath(new URL('serve.ts', import.meta.url)), port, SECRET]] },
  {
    name: 'coturn',
    command: (port) => ['turnserver', [
      '-n', '-L', '127.0.0.1', '-E', '127.0.0.1', '-p', port, '-r', 'parley',
      '--use-auth-secret', `--static-auth-secret=${SECRET}`,
      '--allow-loopback-peers', '--no-cli', '--no-tls', '--no-dtls', '--no-stdout-log', '--log-file', '/dev/null', '--pidfile', ''
    ]]
  }
]

/** Starts all servers, which run until `signal` aborts. */
export async function startContenders({ signal }: Lifetime): Promise<Contender[]> {
  return await Promise.all(COMMANDS.map(async ({ name, command }) => {
    const port = await freePort()
    const child = start(...command(String(port)), { signal })
    await untilBound(port, child, { signal })
    return { name, port, pid: child.pid ?? 0 }
  }))
}

/** Starts coturn's echo on loopback; it runs until `signal` aborts. Returns its port. */
export async function startEcho({ signal }: Lifetime): Promise<number> {
  const port = await freePort()
  await untilBound(port, start('turnutils_peer', ['-L', '127.0.0.1', '-p', String(port)], { signal }), { signal })
  return port
}

function start(command: string, args: string[], { signal }: Lifetime): ChildProcess {
  const child = spawn(command, args, { stdio: 'ignore', signal })
  // Aborting is how it ends; anything else is told by its never being bound.
  child.on('error', () => undefined)
  return child
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  await once(socket, 'close')
  return port
}

/** Resolves when the port is taken. */
async function untilBound(port: number, child: ChildProcess, { signal }: Lifetime): Promise<void> {
  for (;;) {
    const socket = createSocket('udp4')
    const bound = new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(true))
      socket.bind(port, '127.0.0.1', () => resolve(false))
    })
    const taken = await bound
    socket.close()
    if (taken) return
    if (child.exitCode !== null || child.pid === undefined) throw new Error(`could not start ${child.spawnfile}`)
    signal.throwIfAborted()
    await delay(100, signal)
  }
}
