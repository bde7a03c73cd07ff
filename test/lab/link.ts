import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { ip, run, startNode } from './command.ts'
import type { Shape } from './shaper.ts'

const PROCESS = fileURLToPath(new URL('link-process.ts', import.meta.url))

/** What both directions of a link are like, seen from the site; what is left out does nothing. */
export interface LinkShapes {
  up?: Partial<Shape>
  down?: Partial<Shape>
}

/** Packets since the start. */
export type LinkCounts = Record<'up' | 'down', { passed: number, lost: number }>

/** A line between a site and the internet whose quality can be changed while it is in use. */
export class Link {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #answers: AsyncIterator<string>

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  }

  /** Makes the line be so from now on; packets under way arrive as they would have. Resolves with the counts up to now. */
  async set(shapes: LinkShapes): Promise<LinkCounts> {
    this.#child.stdin.write(`${JSON.stringify(shapes)}\n`)
    const { value, done } = await this.#answers.next()
    if (done === true) throw new Error('the link has ended')
    return JSON.parse(value) as LinkCounts
  }
}

/**
 * Connects two interfaces of the namespace by a process, which ends with it. macvtap devices are opened like files, so that no program but Node
 * is needed: a TUN device would want an ioctl, which Node does not have.
 *
 * @throws {Error} when the kernel has no macvtap
 */
export async function startLink(namespace: string, { site, outer }: { site: string, outer: string }): Promise<Link> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-link-'))
  try {
    const devices = [await openTap(namespace, site, folder), await openTap(namespace, outer, folder)]
    // In the namespace it needs nothing, but is killed with it.
    const child = startNode(namespace, [PROCESS, ...devices])
    child.stderr.pipe(process.stderr)
    const link = new Link(child)
    // It answers once it has opened the devices, and then they need no name any more.
    await link.set({})
    return link
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Puts a tap on the interface that takes all of its packets, and makes a device file of its own for it: those below /dev are for the first namespace. */
async function openTap(namespace: string, name: string, folder: string): Promise<string> {
  const tap = `t${name}`
  await ip(namespace, [`link add link ${name} name ${tap} type macvtap mode passthru`, `link set dev ${tap} up`])
  const numbers = await run('ip', ['netns', 'exec', namespace, 'sh', '-c', `cat /sys/class/net/${tap}/macvtap/tap*/dev`])
  const [major = '', minor = ''] = numbers.trim().split(':')
  const file = join(folder, tap)
  await run('mknod', [file, 'c', major, minor])
  return file
}
