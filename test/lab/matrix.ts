/** Which pairs of sites meet, and by which way. */
import { progress, table, whole } from '../../bench/report.ts'
import { allPairs, isDirectPossible } from './kinds.ts'
import type { SiteKind } from './kinds.ts'
import { openLab } from './lab.ts'
import type { BrowserSite, Lab } from './lab.ts'
import type { MediaPath } from './frame-counter.ts'
import { meet, settledPaths } from './meeting.ts'
import { isRelayed } from './person.ts'

/** How one pair fared. */
export interface PairResult {
  pair: readonly [SiteKind, SiteKind]
  /** Why they have not met; undefined when they have. */
  failure: string | undefined
  /** Of both, in the pair's order. */
  paths: MediaPath[]
  firstFrameMs: number | undefined
}

/** Lets two people at such sites meet once. */
export async function tryPair(lab: Lab, pair: readonly [SiteKind, SiteKind], sites: readonly [BrowserSite, BrowserSite]): Promise<PairResult> {
  try {
    const meeting = await meet(lab, sites)
    const paths = await settledPaths(meeting, isDirectPossible(...pair))
    await meeting.close()
    return { pair, failure: undefined, paths, firstFrameMs: meeting.firstFrameMs }
  } catch (error) {
    return { pair, failure: (error as Error).message, paths: [], firstFrameMs: undefined }
  }
}

/** Whether they met, by a relay exactly when there is no other way. */
export function isAsItShould({ pair, failure, paths }: PairResult): boolean {
  return failure === undefined && paths.length === 2 && paths.every((path) => isRelayed(path) !== isDirectPossible(...pair))
}

/** Runs through the pairs, prints the table, and resolves with the number of pairs that did not fare as they should. */
export async function matrix(pairs: ReadonlyArray<readonly [SiteKind, SiteKind]> = allPairs()): Promise<number> {
  const lab = await openLab()
  const sites = new Map<string, BrowserSite>()
  const siteOf = async (kind: SiteKind, which: number): Promise<BrowserSite> => {
    const site = sites.get(`${kind} ${which}`) ?? await lab.addSite(kind)
    sites.set(`${kind} ${which}`, site)
    return site
  }
  const results: PairResult[] = []
  try {
    for (const pair of pairs) {
      const [a, b] = pair
      const result = await tryPair(lab, pair, [await siteOf(a, 1), await siteOf(b, a === b ? 2 : 1)])
      progress([rowOf(result).join(' | '), ...result.failure === undefined ? [] : [result.failure]].join('\n'))
      results.push(result)
    }
  } finally {
    await lab.close()
  }
  process.stdout.write(`${table(['Pair', 'Direct possible', 'Path of the first', 'Path of the second', 'First picture, ms', ''], results.map(rowOf))}\n`)
  return results.filter((result) => !isAsItShould(result)).length
}

function rowOf(result: PairResult): string[] {
  const { pair, failure, paths: [first, second], firstFrameMs } = result
  return [
    pair.join(' / '), isDirectPossible(...pair) ? 'yes' : 'no', pathText(first), pathText(second), whole(firstFrameMs),
    isAsItShould(result) ? 'ok' : failure?.split('\n')[0] ?? 'wrong path'
  ]
}

/** Candidate types of both ends, and how this one's packets leave. */
function pathText(path: MediaPath | undefined): string {
  return path === undefined ? '-' : `${path.local} - ${path.remote} (${path.protocol})`
}
