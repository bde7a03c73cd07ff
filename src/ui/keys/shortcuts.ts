/** The keys of a call and what they do: the place to add one, one line each. */
import type { CallViews, LocalMedia } from '../../room/views.ts'
import { toggleCamera, toggleMicrophone, toggleScreen } from '../controls.ts'
import { KeysRequest, PanelToggle } from '../events.ts'
import { canFullScreen, toggleFullScreen } from '../full-screen.ts'
import { strings } from '../strings.ts'

export interface ShortcutContext {
  views: CallViews
  local: LocalMedia
  /** Asks whoever is above, by an event that bubbles. */
  ask: (event: Event) => void
}

export interface Shortcut {
  /** As `keyOf` names it. */
  key: string
  label: string
  act: () => unknown
}

/** All that work at the moment, in the order of the help sheet. */
export function shortcutsOf({ views, local, ask }: ShortcutContext): Shortcut[] {
  const { controls, hands, chat, keys } = strings
  const { gestures, self } = views.room
  const all: (Shortcut | null)[] = [
    { key: 'm', label: keys.microphone, act: () => toggleMicrophone(local) },
    { key: 'v', label: keys.camera, act: () => toggleCamera(local) },
    local.canShareScreen ? { key: 's', label: controls.screen, act: () => toggleScreen(local) } : null,
    { key: 'h', label: hands.toggle, act: () => gestures.setHand(!gestures.hands.peek().includes(self)) },
    { key: 'c', label: chat.title, act: () => ask(new PanelToggle('chat')) },
    canFullScreen() ? { key: 'f', label: strings.view.toggleFull, act: toggleFullScreen } : null,
    { key: '?', label: keys.title, act: () => ask(new KeysRequest()) },
  ]
  return all.filter((shortcut) => shortcut !== null)
}
