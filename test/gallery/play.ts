/** What a scene may do: the harness of the interface's tests, and hands to press its buttons with. */
import type { ParticipantState } from '../../src/room/views.ts'
import { LOOKS, portraitStream } from '../screenshots/portrait.ts'
import type { Harness } from '../ui/harness.ts'

/** One state of the interface, to be looked at. */
export interface Scene {
  title: string
  /** Widths worth looking at; wide and phone when left out. */
  sizes?: readonly SizeName[]
  /** Brings the page into this state. */
  show: (play: Play) => unknown
}

export const SIZES = {
  wide: { width: 1120, height: 700 },
  phone: { width: 390, height: 780 },
  flat: { width: 780, height: 390 },
  small: { width: 320, height: 568 },
} as const
export type SizeName = keyof typeof SIZES

const NAMES = Object.keys(LOOKS)
const PATIENCE_MS = 3_000

/** The hands and eyes of a scene. */
export class Play {
  readonly harness: Harness

  constructor(harness: Harness) {
    this.harness = harness
  }

  /** The code for calls has loaded. */
  load(): this {
    this.harness.load()
    return this
  }

  /** We are in a call, with camera and microphone, under the name of Anna. */
  async join(topic = 'sunday-coffee', secret = 'AAAAAAAAAAAAAAAAAAAAAA'): Promise<this> {
    const { fake, call } = this.harness
    this.load()
    fake.name.value = 'Anna'
    fake.local.camera.value = { phase: 'on', deviceId: 'cam-1', label: 'Front camera' }
    Object.assign(fake.local.cameraStream, { value: this.portrait('Anna') })
    await fake.local.openMicrophone()
    await call.views.room.join(topic, secret)
    return this
  }

  /** So many others are there; all alike but for their looks. */
  others(count: number, state: Partial<ParticipantState> = {}): this {
    for (let i = 0; i < count; i++) this.other(NAMES[1 + i % (NAMES.length - 1)] ?? '', i < NAMES.length - 1 ? {} : { name: `Guest ${i}` }, i, state)
    return this
  }

  /** One other is there; `index` makes two of one name different people. */
  other(name: string, own: Partial<ParticipantState> = {}, index = 0, state: Partial<ParticipantState> = {}): this {
    const path = { relay: null, protocol: 'udp', roundTripMs: 20 + 7 * index } as const
    this.harness.arrive(`12D3KooW${name}${index}`, { name, path, camera: this.portrait(name), ...state, ...own })
    return this
  }

  portrait(name: string): MediaStream {
    return portraitStream(LOOKS[name] ?? LOOKS['Anna'] as typeof LOOKS[string], 480, 270, 5)
  }

  /** Presses what has this `data-testid`, once it is there. */
  async press(hook: string): Promise<void> {
    (await this.find<HTMLElement>(`[data-testid="${hook}"]`)).click()
  }

  async type(hook: string, text: string): Promise<void> {
    const field = await this.find<HTMLInputElement>(`[data-testid="${hook}"]`)
    field.value = text
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
  }

  /** An element in whatever shadow it stands, once it is there. */
  async find<Found extends Element>(selector: string): Promise<Found> {
    const end = performance.now() + PATIENCE_MS
    for (;;) {
      const found = deep(document, selector)
      if (found !== null) return found as Found
      if (performance.now() > end) throw new Error(`there is no ${selector}`)
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  }
}

function deep(root: ParentNode, selector: string): Element | null {
  const here = root.querySelector(selector)
  if (here !== null) return here
  for (const element of root.querySelectorAll('*')) {
    const inside = element.shadowRoot === null ? null : deep(element.shadowRoot, selector)
    if (inside !== null) return inside
  }
  return null
}
