/** The keys of a call and what they do: the place to add one, one line each. */
import type { CallViews, LocalMedia } from '../../room/views.ts'
import { toggleCamera, toggleMicrophone, toggleScreen } from '../controls.ts'
import { KeysRequest, PanelToggle } from '../events.ts'
import { canFullScreen, toggleFullScreen } from '../full-screen.ts'
import type { SmallWindow } from '../small/small-window.ts'
import { camera } from '../stage/stage-plan.ts'
import type { Viewing } from '../stage/viewing.ts'
import { callStrings } from '../call-strings.ts'
import { controlStrings } from '../control-strings.ts'

export interface ShortcutContext {
  views: CallViews
  local: LocalMedia
  small: SmallWindow
  viewing: Viewing
  /** Asks whoever is above, by an event that bubbles. */
  ask: (event: Event) => void
}

export interface Shortcut {
  /** As `keyOf` names it. */
  key: string
  /** As the help sheet shows it; null for what stands there under another key already. */
  shown?: string | null
  label: string
  act: () => unknown
}

/** In the order in which a key goes through them. */
const VIEWS = ['automatic', 'grid', 'speaker'] as const

/** Digits pin the people in the order of their arrival. */
function pins({ room }: CallViews, viewing: Viewing): Shortcut[] {
  return Array.from({ length: 9 }, (_, index) => ({
    key: `${index + 1}`,
    shown: index === 0 ? '1 – 9' : null,
    label: controlStrings.view.pin,
    act: () => {
      const person = room.participants.peek()[index]
      if (person !== undefined) viewing.togglePin(camera(person.peer))
    },
  }))
}

/** All that work at the moment, in the order of the help sheet. */
export function shortcutsOf({ views, local, small, viewing, ask }: ShortcutContext): Shortcut[] {
  const { controls, chat } = callStrings
  const { hands, keys } = controlStrings
  const { gestures, self } = views.room
  const all: (Shortcut | null)[] = [
    { key: 'm', label: keys.microphone, act: () => toggleMicrophone(local) },
    { key: 'v', label: keys.camera, act: () => toggleCamera(local) },
    local.canShareScreen ? { key: 's', label: controls.screen, act: () => toggleScreen(local) } : null,
    { key: 'h', label: hands.toggle, act: () => gestures.setHand(!gestures.hands.peek().includes(self)) },
    { key: 'c', label: chat.title, act: () => ask(new PanelToggle('chat')) },
    { key: 'p', label: callStrings.menu.people, act: () => ask(new PanelToggle('people')) },
    canFullScreen() ? { key: 'f', label: controlStrings.view.toggleFull, act: toggleFullScreen } : null,
    { key: 'g', label: controlStrings.view.next, act: () => viewing.choose({ view: VIEWS[(VIEWS.indexOf(viewing.choice.peek().view) + 1) % VIEWS.length] ?? 'automatic' }) },
    ...pins(views, viewing),
    small.isPossible ? { key: 'i', label: controlStrings.view.toggleSmall, act: () => small.toggle() } : null,
    { key: '?', label: keys.title, act: () => ask(new KeysRequest()) },
  ]
  return all.filter((shortcut) => shortcut !== null)
}
