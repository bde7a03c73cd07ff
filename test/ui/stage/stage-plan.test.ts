import { describe, expect, test } from 'vitest'
import type { StageChoice } from '../../../src/room/views.ts'
import { GAP, type Box, type Size } from '../../../src/ui/stage/grid-layout.ts'
import { camera, planStage, screen, type StagePlan, type StageScene } from '../../../src/ui/stage/stage-plan.ts'
import { seededRandom } from '../../fakes/seeded-schedule.ts'

const DESKTOP: Size = { width: 1232, height: 640 }
const PHONE: Size = { width: 366, height: 680 }
const LYING: Size = { width: 820, height: 250 }
/** What a notice leaves of a window of 480 x 400. */
const SMALL: Size = { width: 464, height: 160 }
const CHOICE: StageChoice = { view: 'automatic', ownPicture: 'placed', corner: 'bottom-end' }
const NAMES = ['ada', 'bob', 'cyd', 'dan', 'eve', 'fay', 'gus', 'hal', 'ian', 'joe', 'kim', 'leo', 'mia', 'ned', 'oda', 'pia']

/** So many others, and what else is so. */
function scene(count: number, changes: Partial<Omit<StageScene, 'people' | 'choice'>> & Partial<StageChoice> & { sharing?: string[] } = {}): StageScene {
  const { sharing = [], view, ownPicture, corner, ...rest } = changes
  return {
    people: NAMES.slice(0, count).map((peer) => ({ peer, screen: sharing.includes(peer) })),
    self: 'me', choice: { ...CHOICE, ...view && { view }, ...ownPicture && { ownPicture }, ...corner && { corner } }, pinned: [], speaker: null, page: 0, ...rest,
  }
}

const area = ({ width, height }: Box): number => width * height
const boxOf = ({ boxes }: StagePlan, key: ReturnType<typeof camera>): Box => boxes.get(key) ?? { x: -1, y: -1, width: 0, height: 0 }
/** The names of tiles from the largest to the smallest, equals in their order. */
const bySize = ({ boxes }: StagePlan): string[] => [...boxes].sort(([, a], [, b]) => area(b) - area(a)).map(([key]) => key)

describe('of two people', () => {
  test('the other one fills the stage, and we float in the corner of that tile', () => {
    const plan = planStage(scene(1), DESKTOP)
    expect(plan.floats).toBe(true)
    const [other, own] = [boxOf(plan, camera('ada')), boxOf(plan, camera('me'))]
    expect(other.height).toBe(DESKTOP.height)
    expect(other.x + other.width - (own.x + own.width)).toBe(12)
    expect(other.y + other.height - (own.y + own.height)).toBe(12)
  })

  test('on a phone our picture is upright', () => {
    const { width, height } = boxOf(planStage(scene(1), PHONE), camera('me'))
    expect(height).toBeGreaterThan(width)
  })
})

test.each(['top-start', 'top-end', 'bottom-start', 'bottom-end'] as const)('our picture floats in the %s', (corner) => {
  const { x, y, width, height } = boxOf(planStage(scene(4, { ownPicture: 'floating', corner }), DESKTOP), camera('me'))
  expect(x < DESKTOP.width / 2 ? 'start' : 'end').toBe(corner.split('-')[1])
  expect(y < DESKTOP.height / 2 ? 'top' : 'bottom').toBe(corner.split('-')[0])
  expect([Math.min(x, DESKTOP.width - x - width), Math.min(y, DESKTOP.height - y - height)]).toEqual([12, 12])
})

test.each([
  ['alone', scene(0), true],
  ['alone, though it should float', scene(0, { ownPicture: 'floating' }), true],
  ['alone and hidden', scene(0, { ownPicture: 'hidden' }), false],
  ['with one other', scene(1), true],
  ['with three others', scene(3), true],
  ['with three others and hidden', scene(3, { ownPicture: 'hidden' }), false],
  ['beside a screen', scene(2, { sharing: ['ada'] }), true],
] as const)('our picture, %s', (_what, what, isThere) => {
  expect(planStage(what, DESKTOP).boxes.has(camera('me'))).toBe(isThere)
})

test('among several people our picture is one of them, the last', () => {
  const plan = planStage(scene(3), DESKTOP)
  expect(plan.floats).toBe(false)
  expect([...plan.boxes.keys()]).toEqual(['camera:ada', 'camera:bob', 'camera:cyd', 'camera:me'])
  expect(new Set([...plan.boxes.values()].map(area)).size).toBe(1)
})

describe('what is large', () => {
  test.each([
    ['nothing among equals', scene(4), []],
    ['a screen', scene(4, { sharing: ['bob'] }), ['screen:bob']],
    ['two screens', scene(4, { sharing: ['bob', 'dan'] }), ['screen:bob', 'screen:dan']],
    ['no screen in the grid', scene(4, { sharing: ['bob'], view: 'grid' }), []],
    ['who speaks', scene(4, { view: 'speaker', speaker: 'cyd' }), ['camera:cyd']],
    ['the first, before anybody has spoken', scene(4, { view: 'speaker' }), ['camera:ada']],
    ['the first, when who spoke has left', scene(4, { view: 'speaker', speaker: 'zoe' }), ['camera:ada']],
    ['a screen, whoever speaks', scene(4, { view: 'speaker', speaker: 'cyd', sharing: ['bob'] }), ['screen:bob']],
    ['what is pinned', scene(4, { pinned: ['camera:dan'] }), ['camera:dan']],
    ['what is pinned instead of who speaks', scene(4, { view: 'speaker', speaker: 'cyd', pinned: ['camera:dan'] }), ['camera:dan']],
    ['what is pinned instead of a screen', scene(4, { sharing: ['bob'], pinned: ['camera:dan'] }), ['camera:dan']],
    ['what is pinned in the grid', scene(4, { view: 'grid', pinned: ['camera:dan', 'camera:ada'] }), ['camera:dan', 'camera:ada']],
    ['not what was pinned and has gone', scene(4, { pinned: ['camera:zoe', 'screen:ada'] }), []],
  ] as const)('%s', (_what, what, expected) => {
    const plan = planStage(what, DESKTOP)
    const large = bySize(plan).slice(0, expected.length)
    expect(large.toSorted()).toEqual(expected.toSorted())
    const [last, next] = [plan.boxes.get(large.at(-1) as 'camera:'), plan.boxes.get(bySize(plan)[expected.length] as 'camera:')]
    if (last !== undefined && next !== undefined) expect(area(last)).toBeGreaterThan(2 * area(next))
  })

  test('is told with those who are large because they speak', () => {
    expect(planStage(scene(3, { view: 'speaker', speaker: 'bob' }), DESKTOP)).toMatchObject({ large: ['bob'], follows: true })
    expect(planStage(scene(3, { pinned: ['camera:bob'] }), DESKTOP)).toMatchObject({ large: ['bob'], follows: false })
    expect(planStage(scene(3, { sharing: ['bob'] }), DESKTOP)).toMatchObject({ large: [], follows: false })
  })

  test.each([
    ['side by side above the faces', DESKTOP, 610],
    ['one above the other beside the faces', { width: 1_000, height: 800 }, 700],
    ['side by side beside the faces', { width: 1_900, height: 500 }, 835],
    ['one above the other on a phone', PHONE, 366],
  ])('two screens stand where they are larger: %s', (_where, size, width) => {
    const plan = planStage(scene(3, { sharing: ['ada', 'bob'] }), size)
    expect([boxOf(plan, screen('ada')).width, boxOf(plan, screen('bob')).width]).toEqual([width, width])
  })

  test('the others beside a screen take no more than they fill, and the whole stands in the middle', () => {
    const plan = planStage(scene(5, { sharing: ['ada'] }), DESKTOP)
    const boxes = [...plan.boxes.values()]
    const faces = [...plan.boxes].filter(([key]) => key.startsWith('camera:')).map(([, { x }]) => x)
    const [large, end] = [boxOf(plan, screen('ada')), Math.max(...boxes.map(({ x, width }) => x + width))]
    expect(new Set(faces)).toEqual(new Set([large.x + large.width + GAP]))
    expect(large.x).toBeCloseTo(DESKTOP.width - end)
    expect(large.width).toBeGreaterThan(1_000)
  })

  test('on an upright phone a screen stands above the faces, and they get what it cannot use', () => {
    const plan = planStage(scene(3, { sharing: ['ada'] }), PHONE)
    expect(boxOf(plan, screen('ada'))).toEqual({ x: 0, y: 0, width: 366, height: 274 })
    expect(boxOf(plan, camera('bob')).height).toBeGreaterThan(180)
  })
})

describe('pages', () => {
  test.each([
    [6, DESKTOP, 1], [16, DESKTOP, 2], [4, PHONE, 1], [5, PHONE, 1], [6, PHONE, 2], [8, PHONE, 2], [16, PHONE, 4], [5, LYING, 1], [7, LYING, 2], [3, SMALL, 1],
  ])('%i others on %o are on %i', (count, size, pages) => {
    expect(planStage(scene(count), size).pages).toBe(pages)
  })

  test('our picture is on every page, and everybody else on one', () => {
    const seen = [0, 1].map((page) => [...planStage(scene(8, { page }), PHONE).boxes.keys()])
    expect(seen).toEqual([
      ['camera:ada', 'camera:bob', 'camera:cyd', 'camera:dan', 'camera:eve', 'camera:me'],
      ['camera:fay', 'camera:gus', 'camera:hal', 'camera:me'],
    ])
    expect(planStage(scene(8), PHONE).firstPage).toEqual(['ada', 'bob', 'cyd', 'dan', 'eve'])
  })

  test('what is large is on every page', () => {
    const of = (page: number): StagePlan => planStage(scene(12, { page, sharing: ['ada'] }), PHONE)
    expect(of(0).pages).toBeGreaterThan(1)
    for (const page of [0, 1]) expect(of(page).boxes.has(screen('ada'))).toBe(true)
  })

  test.each([[-3, 0], [0, 0], [1, 1], [7, 1]])('asked for page %i, it is %i', (page, expected) => {
    expect(planStage(scene(8, { page }), PHONE).page).toBe(expected)
  })
})

test('a stage without extent shows nothing', () => {
  expect(planStage(scene(3), { width: 0, height: 0 }).boxes.size).toBe(0)
})

test('whoever is there and whatever is chosen: nothing overlaps or sticks out, everybody is on exactly one page, and faces can be seen', () => {
  const random = seededRandom(7)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  for (let round = 0; round < 3_000; round++) {
    const size = { width: 280 + Math.floor(random() * 1_700), height: 200 + Math.floor(random() * 1_000) }
    const count = Math.floor(random() * 17)
    const some = (part: number): string[] => NAMES.slice(0, count).filter(() => random() < part)
    const sharing = random() < 0.4 ? some(0.2) : []
    const what = scene(count, {
      sharing, view: pick(['automatic', 'grid', 'speaker']), ownPicture: pick(['placed', 'floating', 'hidden']),
      corner: pick(['top-start', 'top-end', 'bottom-start', 'bottom-end']), speaker: pick([null, ...NAMES]), pinned: random() < 0.3 ? some(0.1).slice(0, 3).map(camera) : [],
    })
    const { pages } = planStage(what, size)
    const times = new Map<string, number>()
    for (let page = 0; page < pages; page++) {
      const plan = planStage({ ...what, page }, size)
      const where = JSON.stringify({ ...what, page, size })
      for (const key of plan.boxes.keys()) times.set(key, (times.get(key) ?? 0) + 1)
      const boxes = [...plan.boxes].filter(([key]) => !plan.floats || key !== camera('me')).map(([, box]) => box)
      if (plan.pager !== null) boxes.push(plan.pager)
      expect(boxes.every((box) => isWithin(box, size)), where).toBe(true)
      expect(boxes.some((box, index) => boxes.slice(index + 1).some((other) => overlap(box, other))), where).toBe(false)
      if (plan.floats) expect(isWithin(boxOf(plan, camera('me')), size), where).toBe(true)
      if (size.width >= 320 && size.height >= 320) expect(Math.min(...boxes.map(({ width, height }) => Math.min(width, height))), where).toBeGreaterThanOrEqual(40)
    }
    const everybody = what.people.flatMap(({ peer, screen: shares }) => shares ? [screen(peer), camera(peer)] : [camera(peer)])
    for (const key of everybody) expect([1, pages], `${key} in ${JSON.stringify({ ...what, size })}`).toContain(times.get(key))
    expect([...times.keys()].filter((key) => key !== camera('me')).toSorted()).toEqual(everybody.toSorted())
  }
})

function isWithin({ x, y, width, height }: Box, size: Size): boolean {
  return x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= size.width && y + height <= size.height
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}
