import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import process from 'node:process'
import { run } from './command.ts'

const FOLDER = '/run/netns'
const OURS = /^parley-lab-(\d+)-/

/** The network namespaces of one lab. All of them begin with the same words and the id of the process whose they are. */
export class Namespaces {
  readonly #names: string[] = []
  readonly #onExit = (): void => this.#removeNow()

  private constructor() {
    process.on('exit', this.#onExit)
  }

  /** Removes what processes that have died left behind, and begins with none. `close` removes them again. */
  static async open(): Promise<Namespaces> {
    for (const name of existing().filter((each) => !isAlive(Number(OURS.exec(each)?.[1])))) await remove(name)
    return new Namespaces()
  }

  /** Makes a namespace that speaks IPv4 only and resolves with its full name. */
  async add(name: string): Promise<string> {
    const full = `parley-lab-${process.pid}-${name}`
    this.#names.push(full)
    await run('ip', ['netns', 'add', full])
    await run('ip', ['netns', 'exec', full, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6; ip link set dev lo up'])
    return full
  }

  /** Kills what still runs in them, and removes them with all of their devices. */
  async close(): Promise<void> {
    process.off('exit', this.#onExit)
    for (const name of this.#names.splice(0)) await remove(name)
  }

  /** Where nothing can be awaited any more. */
  #removeNow(): void {
    for (const name of this.#names.splice(0)) {
      const { stdout } = spawnSync('ip', ['netns', 'pids', name], { encoding: 'utf8' })
      kill(stdout)
      spawnSync('ip', ['netns', 'del', name])
    }
  }
}

/** Ids of the processes whose network the namespace is. */
export async function processesIn(namespace: string): Promise<number[]> {
  return (await run('ip', ['netns', 'pids', namespace])).split('\n').filter(Boolean).map(Number)
}

async function remove(name: string): Promise<void> {
  kill(await run('ip', ['netns', 'pids', name]).catch(() => ''))
  if (existsSync(`${FOLDER}/${name}`)) await run('ip', ['netns', 'del', name])
}

function kill(ids: string): void {
  for (const id of ids.split('\n').filter(Boolean)) {
    try {
      process.kill(Number(id), 'SIGKILL')
    } catch {
      // It has ended in the meantime, which is what was wanted.
    }
  }
}

function existing(): string[] {
  return existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => OURS.test(name)) : []
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch {
    // No such process.
    return false
  }
}
