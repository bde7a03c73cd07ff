import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { ip, startNode } from './command.ts'
import { publicAddress } from './internet.ts'
import type { Internet } from './internet.ts'
import type { Namespaces } from './namespaces.ts'

const CLI = fileURLToPath(new URL('../../relay/cli.ts', import.meta.url))
const CARD = 'eth0'
/** Last of what a relay says when it has started. */
const STARTED = 'Stop it with Ctrl+C.'

/** A relay as operators run it, on a machine of its own. */
export interface LabRelay {
  /** Where the app is. */
  url: string
  /** A multiaddr for other relays. */
  address: string
  namespace: string
  /** Ends it without a word to anybody. */
  kill: () => Promise<void>
  /** Starts it again with the same key, if it does not run. */
  start: () => Promise<void>
}

export interface RelayOptions {
  /** Part of the namespace's name. */
  name: string
  /** Port of the app. */
  port: number
  /** Multiaddrs of other relays. */
  bootstrap?: readonly string[]
  /** Folder below which it keeps its key and records; the caller removes it. */
  folder: string
}

/**
 * Starts `relay/cli.ts` in a namespace with a public address. `close` of the namespaces ends it.
 *
 * @throws {Error} with what it said when it does not start
 */
export async function startRelay(namespaces: Namespaces, internet: Internet, { name, port, bootstrap = [], folder }: RelayOptions): Promise<LabRelay> {
  const namespace = await namespaces.add(name)
  const publicIp = internet.newAddress()
  await internet.attach(namespace, CARD)
  await ip(namespace, publicAddress(publicIp, CARD))
  const flags = ['--port', String(port), '--tcp-port', '9080', '--data', join(folder, name), ...bootstrap.flatMap((each) => ['--bootstrap', each])]
  let child: ChildProcessWithoutNullStreams | undefined
  let said: string[] = []
  const start = async (): Promise<void> => {
    if (child !== undefined) return
    child = startNode(namespace, [CLI, ...flags])
    said = await firstWords(child)
  }
  const kill = async (): Promise<void> => {
    if (child === undefined) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    child = undefined
    await ended
  }
  await start()
  const address = said.find((line) => line.startsWith(`/ip4/${publicIp}/tcp/9080/p2p/`))
  if (address === undefined) throw new Error(`the relay has no public address:\n${said.join('\n')}`)
  return { url: `http://${publicIp}${port === 80 ? '' : `:${port}`}/`, address, namespace, kill, start }
}

/** What the relay says up to the end of its start. */
async function firstWords(child: ChildProcessWithoutNullStreams): Promise<string[]> {
  const lines: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => lines.push(text))
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line.trim())
    if (line.includes(STARTED)) {
      // Nobody reads on, and a full pipe would stop it.
      child.stdout.resume()
      return lines
    }
  }
  throw new Error(`a relay has not started:\n${lines.join('\n')}`)
}
