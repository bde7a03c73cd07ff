/** Who is shown where on the stage: pure. `stage.ts` measures, and puts tiles into these boxes. */
import type { StageChoice } from '../../room/views.ts'
import { floatingBox } from './floating-box.ts'
import { capacity, GAP, gridBoxes, MAX_ASPECT, MIN_ASPECT, type Box, type Size } from './grid-layout.ts'

/** A camera or a screen of somebody, by their peer id. */
export type TileKey = `camera:${string}` | `screen:${string}`

export interface StageScene {
  /** Everybody else, in the order in which they are shown; `screen` tells whether they share one. */
  people: readonly { peer: string, screen: boolean }[]
  /** Our own peer id. */
  self: string
  choice: StageChoice
  /** What is to be large whatever happens; what is no longer there does not count. */
  pinned: readonly TileKey[]
  /** Whom the speaker view shows large; null for nobody in particular. */
  speaker: string | null
  /** The page that was asked for, from 0. */
  page: number
}

export interface StagePlan {
  /** Where each tile is; one that is missing is on another page, or not to be seen at all. */
  boxes: ReadonlyMap<TileKey, Box>
  /** Whether our own tile lies on top of the others. */
  floats: boolean
  /** The page that is shown, from 0, and how many there are. */
  page: number
  pages: number
  /** Who is on the first page, apart from those who are large on every page. */
  firstPage: readonly string[]
  large: readonly string[]
  /** Whether they are large because they speak. */
  follows: boolean
  /** Where the buttons of the pages stand; null when there is one page. */
  pager: Box | null
}

/** A stage less wide or high than this, CSS pixels, is a phone's. */
const PHONE = 480
/** Most tiles on a page: more are too many faces to look at, and on a phone too many pictures to receive. */
const MOST = 16
const MOST_ON_PHONE = 6
/** A face smaller than this, CSS pixels, cannot be read; beside something large, or rather than on another page of little room, it may be smaller. */
const LEAST: Size = { width: 120, height: 90 }
const LEAST_IN_LITTLE_ROOM: Size = { width: 96, height: 72 }
/** Share of the stage, along the longer side, that the others get beside something large, and its bounds, CSS pixels. */
const STRIP_SHARE = 0.22
const STRIP_MIN = 112
const STRIP_MAX = 300
/** Squarest screen that people share. */
const SCREEN_ASPECT = 4 / 3
/** Height of the buttons that turn pages, CSS pixels. */
const PAGER = 44

const NOTHING: StagePlan = { boxes: new Map(), floats: false, page: 0, pages: 1, firstPage: [], large: [], follows: false, pager: null }

/** Plans the whole stage. */
export function planStage(scene: StageScene, { width, height }: Size): StagePlan {
  if (width <= 0 || height <= 0) return NOTHING
  const stage: Box = { x: 0, y: 0, width, height }
  const { heroes, follows } = heroesOf(scene)
  const rest = scene.people.flatMap(tilesOf).filter((key) => !heroes.includes(key))
  const own = ownPlace(scene, heroes.length + rest.length)
  const cells = { rest, own: own === 'placed' ? camera(scene.self) : null }
  const plan = heroes.length > 0 ? { ...besideHeroes(heroes, cells, stage, scene), follows } : onPages(cells, stage, scene, grid(stage))
  if (own !== 'floating') return plan
  // In the corner of the one large tile, which may be smaller than the stage.
  const [only] = plan.boxes.size === 1 ? plan.boxes.values() : []
  const ground = only ?? { ...stage, height: plan.pager === null ? height : plan.pager.y - GAP }
  return { ...plan, floats: true, boxes: new Map([...plan.boxes, [camera(scene.self), floatingBox(ground, stage, scene.choice.corner)]]) }
}

/** What a person's camera is called among the tiles. */
export function camera(peer: string): TileKey {
  return `camera:${peer}`
}

/** What a person's screen is called among the tiles. */
export function screen(peer: string): TileKey {
  return `screen:${peer}`
}

/** Whose camera a tile shows; nobody's where it is a screen. */
function faceOf(key: TileKey): string[] {
  return key.startsWith('camera:') ? [key.slice('camera:'.length)] : []
}

interface Cells {
  rest: readonly TileKey[]
  /** Our own tile, on every page; null where it is not among the others. */
  own: TileKey | null
}

/** How many tiles go into an area, and how narrow they may be. */
interface Region {
  area: Box
  least: Size
  most: number
  minAspect: number
}

function heroesOf({ people, choice, pinned, speaker }: StageScene): { heroes: TileKey[], follows: boolean } {
  const all = people.flatMap(tilesOf)
  const kept = pinned.filter((key) => all.includes(key))
  if (kept.length > 0 || choice.view === 'grid') return { heroes: kept, follows: false }
  const screens = people.filter((person) => person.screen).map(({ peer }) => screen(peer))
  if (screens.length > 0 || choice.view !== 'speaker') return { heroes: screens, follows: false }
  const large = people.find(({ peer }) => peer === speaker) ?? people[0]
  return { heroes: large === undefined ? [] : [camera(large.peer)], follows: true }
}

/** The tiles of one person. */
export function tilesOf({ peer, screen: shares }: StageScene['people'][number]): TileKey[] {
  return shares ? [screen(peer), camera(peer)] : [camera(peer)]
}

/** Of two people the other one fills the stage, and we float on it. */
function ownPlace({ choice, people }: StageScene, others: number): StageChoice['ownPicture'] {
  if (people.length === 0) return choice.ownPicture === 'hidden' ? 'hidden' : 'placed'
  return choice.ownPicture === 'placed' && others === 1 ? 'floating' : choice.ownPicture
}

function grid(area: Box): Region {
  return { area, ...isPhone(area) ? { least: LEAST_IN_LITTLE_ROOM, most: MOST_ON_PHONE } : { least: LEAST, most: MOST }, minAspect: MIN_ASPECT }
}

function isPhone({ width, height }: Size): boolean {
  return Math.min(width, height) < PHONE
}

function besideHeroes(heroes: readonly TileKey[], cells: Cells, stage: Box, scene: StageScene): StagePlan {
  const isScreen = heroes.some((key) => key.startsWith('screen:'))
  const isAlone = cells.rest.length === 0 && cells.own === null
  const { boxes, plan } = isAlone ? { boxes: largeBoxes(heroes.length, stage, isScreen), plan: NOTHING } : withStrip(split(stage, heroes.length, isScreen), cells, scene)
  return { ...plan, large: heroes.flatMap(faceOf), boxes: new Map([...heroes.map((key, index) => [key, boxes[index] as Box] as const), ...plan.boxes]) }
}

/** The others take no more of the strip than they fill: what is large has the rest, and the whole stands in the middle. */
function withStrip(usual: Split, cells: Cells, scene: StageScene): { boxes: Box[], plan: StagePlan } {
  const loose = onPages(cells, usual.strip.area, scene, usual.strip)
  if (loose.pager !== null) return { boxes: usual.boxes, plan: loose }
  const [along, length] = usual.beside ? ['x', 'width'] as const : ['y', 'height'] as const
  const { boxes, strip } = usual.narrowed(filled(loose, along, length))
  const plan = onPages(cells, strip.area, scene, strip)
  const used = filled(plan, along, length)
  const spare = Math.max(0, strip.area[length] - used) / 2
  const moved = (box: Box): Box => ({ ...box, [along]: box[along] + spare })
  return { boxes: boxes.map(moved), plan: onPages(cells, moved({ ...strip.area, [length]: used }), scene, strip) }
}

/** From the first tile to the last. */
function filled({ boxes }: StagePlan, along: 'x' | 'y', length: 'width' | 'height'): number {
  const all = [...boxes.values()]
  return Math.max(...all.map((box) => box[along] + box[length])) - Math.min(...all.map((box) => box[along]))
}

/** Of a screen nothing is cut off, so that in a tile narrower than most screens bars take the rest. */
function largeBoxes(count: number, area: Box, isScreen: boolean): Box[] {
  return isScreen ? gridBoxes(count, area, SCREEN_ASPECT, MAX_ASPECT) : gridBoxes(count, area)
}

/** Where what is large stands, and beside or below it the others: they get what it cannot use. Screens stand where they are larger. */
function split(stage: Box, heroes: number, isScreen: boolean): Split {
  const isWide = stage.width > stage.height
  const usual = splitBy(stage, heroes, isScreen, isWide)
  if (!isScreen) return usual
  const other = splitBy(stage, heroes, isScreen, !isWide)
  // No tile is wider than a screen: the wider one shows more.
  return (other.boxes[0]?.width ?? 0) > (usual.boxes[0]?.width ?? 0) ? other : usual
}

interface Split {
  boxes: Box[]
  strip: Region
  /** Whether the strip is beside and not below. */
  beside: boolean
  /** The same with a strip that gets at most this, apart from what nothing else can use. */
  narrowed: (thickness: number) => Split
}

function splitBy(stage: Box, heroes: number, isScreen: boolean, beside: boolean, most = Infinity): Split {
  const { width, height } = stage
  const rules = { least: LEAST_IN_LITTLE_ROOM, most: isPhone(stage) ? MOST_ON_PHONE : MOST, minAspect: beside ? SCREEN_ASPECT : MIN_ASPECT }
  const thickness = Math.min(most, STRIP_MAX, Math.max(STRIP_MIN, Math.floor(Math.max(width, height) * STRIP_SHARE))) + GAP
  const narrowed = (thinner: number): Split => splitBy(stage, heroes, isScreen, beside, thinner)
  const area = beside ? { ...stage, width: Math.max(0, width - thickness) } : { ...stage, height: Math.max(0, height - thickness) }
  const boxes = largeBoxes(heroes, area, isScreen)
  const [start, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))]
  if (beside) {
    const moved = boxes.map((box) => ({ ...box, x: box.x - start }))
    const x = Math.max(...moved.map((box) => box.x + box.width)) + GAP
    return { boxes: moved, strip: { ...rules, area: { ...stage, x, width: width - x } }, beside, narrowed }
  }
  const moved = boxes.map((box) => ({ ...box, y: box.y - top }))
  const y = Math.max(...moved.map((box) => box.y + box.height)) + GAP
  return { boxes: moved, strip: { ...rules, area: { ...stage, y, height: height - y } }, beside, narrowed }
}

/** Our own tile is on every page, at its end. */
function onPages({ rest, own }: Cells, area: Box, { page: wanted }: StageScene, { least, most, minAspect }: Region): StagePlan {
  const owned = own === null ? [] : [own]
  const count = rest.length + owned.length
  if (count <= capacity(area, least, most, minAspect)) {
    return place([...rest, ...owned], area, minAspect, { page: 0, pages: 1, firstPage: rest.flatMap(faceOf), pager: null })
  }
  const above = { ...area, height: Math.max(0, area.height - PAGER - GAP) }
  const perPage = Math.max(1, capacity(above, least, most, minAspect) - owned.length)
  const pages = Math.ceil(rest.length / perPage)
  const page = Math.min(Math.max(0, wanted), pages - 1)
  const firstPage = rest.slice(0, perPage).flatMap(faceOf)
  const pager = { ...area, y: above.y + above.height + GAP, height: Math.min(PAGER, area.height) }
  return place([...rest.slice(page * perPage, (page + 1) * perPage), ...owned], above, minAspect, { page, pages, firstPage, pager: pages > 1 ? pager : null })
}

function place(keys: readonly TileKey[], area: Box, minAspect: number, paging: Pick<StagePlan, 'page' | 'pages' | 'firstPage' | 'pager'>): StagePlan {
  const boxes = gridBoxes(keys.length, area, minAspect)
  return { ...paging, large: [], follows: false, floats: false, boxes: new Map(keys.map((key, index) => [key, boxes[index] as Box])) }
}
