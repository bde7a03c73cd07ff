/** Many joins in a row: all of them must succeed. */
import { progress, table, whole } from '../../bench/report.ts'
import type { SiteKind } from './kinds.ts'
import { openLab } from './lab.ts'
import { meet } from './meeting.ts'
import { quantile } from './quantile.ts'

/** The easiest pair, and the two hardest: TURN by TCP, on 443 alone, with a partner whose every port is another one. */
export const JOIN_PAIRS: ReadonlyArray<readonly [SiteKind, SiteKind]> = [['open', 'open'], ['symmetric', 'https-only'], ['symmetric', 'udp-blocked']]

/** Lets each pair meet `count` times with new profiles, prints the times, and resolves with the number of failures. */
export async function joins(pairs: ReadonlyArray<readonly [SiteKind, SiteKind]>, count: number): Promise<number> {
  const rows: string[][] = []
  let failures = 0
  for (const [a, b] of pairs) {
    const times: number[] = []
    const lab = await openLab()
    try {
      const sites = [await lab.addSite(a), await lab.addSite(b)] as const
      for (let number = 1; number <= count; number++) {
        try {
          const meeting = await meet(lab, sites)
          times.push(meeting.firstFrameMs)
          progress(`${a} / ${b}, join ${number}: ${whole(meeting.firstFrameMs)} ms`)
          await meeting.close()
        } catch (error) {
          failures++
          progress(`${a} / ${b}, join ${number}: ${(error as Error).message}`)
        }
      }
    } finally {
      await lab.close()
    }
    rows.push([`${a} / ${b}`, `${times.length} of ${count}`, ...[0, 0.5, 0.9, 1].map((part) => whole(quantile(times, part)))])
    progress(rows.at(-1)!.join(' | '))
  }
  process.stdout.write(`${table(['Pair', 'Joined', 'Least, ms', 'Median', '90 %', 'Most'], rows)}\n`)
  return failures
}
