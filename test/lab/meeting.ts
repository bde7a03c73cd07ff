import { formatLink, newSecret, parseTopic } from '../../src/wire/index.ts'
import { sees, until } from '../browser/harness.ts'
import type { Person } from '../browser/harness.ts'
import type { BrowserSite, Lab } from './lab.ts'
import type { MediaPath } from './frame-counter.ts'
import { isRelayed, mediaPath, nextFrame, openLink, pressJoin, situation } from './person.ts'
import type { Prepare } from './person.ts'

/** Two people who see each other. */
export interface Meeting {
  first: Person
  second: Person
  /** From the second one's Join to the later one's first picture, milliseconds. */
  firstFrameMs: number
  /** Drops both profiles. */
  close: () => Promise<void>
}

/** A link to a private room that nobody has been in, at a relay's app. */
export function newLink(url: string): string {
  return formatLink(url, { topic: parseTopic('lab'), secret: newSecret() })
}

/**
 * Two people open the same link and press Join, one after the other; resolves when both have decoded the other's pictures.
 * `prepare` may add to each one's profile before the page is opened.
 *
 * @throws {Error} with what both pages know, when they do not meet within a minute
 */
export async function meet({ relays }: Lab, [one, other]: readonly [BrowserSite, BrowserSite], prepare?: Prepare): Promise<Meeting> {
  const link = newLink(relays[0]!.url)
  const first = await openLink(one.browser, link, 'Anna', prepare)
  const second = await openLink(other.browser, link, 'Ben', prepare).catch(async (error: Error) => {
    await first.context.close()
    throw error
  })
  const close = async (): Promise<void> => { await Promise.all([first.context.close(), second.context.close()]) }
  try {
    await pressJoin(first)
    await first.page.getByTestId('call').waitFor()
    const pressed = await pressJoin(second)
    const seen = await Promise.all([first, second].map((person) => nextFrame(person, pressed)))
    await sees(first, ['Ben'])
    await sees(second, ['Anna'])
    return { first, second, firstFrameMs: Math.max(...seen) - pressed, close }
  } catch (error) {
    const known = await Promise.all([first, second].map(situation))
    await close()
    throw new Error([(error as Error).message, ...known].join('\n'), { cause: error })
  }
}

/** How long a call may take to find a better way than the first one, milliseconds. */
const SETTLING_MS = 15_000

/**
 * The paths of both once they are of the wanted sort, since ICE may begin with a worse pair than it ends with; those of the
 * end of the wait when they never are.
 */
export async function settledPaths({ first, second }: Meeting, direct: boolean): Promise<MediaPath[]> {
  let paths: MediaPath[] = []
  await until('the path to settle', async () => {
    paths = (await Promise.all([first, second].map(mediaPath))).filter((path) => path !== undefined)
    return paths.length === 2 && paths.every((path) => isRelayed(path) !== direct)
  }, SETTLING_MS).catch(() => undefined)
  return paths
}
