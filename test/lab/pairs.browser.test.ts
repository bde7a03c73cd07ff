/** The ends and the middle of `npm run lab -- matrix`. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SiteKind } from './kinds.ts'
import { openLab } from './lab.ts'
import type { Lab } from './lab.ts'
import { isAsItShould, tryPair } from './matrix.ts'
import { missingForLab } from './requirements.ts'

const PAIRS: ReadonlyArray<readonly [SiteKind, SiteKind]> = [
  ['open', 'open'], ['port-restricted', 'port-restricted'], ['symmetric', 'symmetric'], ['https-only', 'udp-blocked']
]

const missing = await missingForLab()

describe.skipIf(missing !== undefined)(`people behind NATs and firewalls${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  let lab: Lab

  beforeAll(async () => {
    lab = await openLab()
  })

  afterAll(() => lab.close())

  test.each(PAIRS)('%s and %s meet, by a relay only when there is no other way', async (a, b) => {
    const sites = [await lab.addSite(a), await lab.addSite(b)] as const
    const result = await tryPair(lab, [a, b], sites)
    expect(result.failure).toBeUndefined()
    expect(result).toSatisfy(isAsItShould)
    await Promise.all(sites.map(({ browser }) => browser.close()))
  })
})
