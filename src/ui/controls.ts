/** The buttons of a call and what they do, by its state. Pure but for the signals that it reads; `control-bar.ts` draws them. */
import type { GesturesView, LocalMedia, PeerKey } from '../room/views.ts'
import type { IconName } from './call-icons.ts'
import { callStrings } from './call-strings.ts'
import { controlStrings } from './control-strings.ts'

/** One button. `pressed` null: it does something instead of switching something. */
export interface Control {
  hook: string
  /** What it is: stays the same whether it is on or off, as `pressed` tells the rest. */
  label: string
  /** What pressing it does. */
  title: string
  drawing: IconName
  pressed: boolean | null
  busy?: boolean
  look?: 'off' | 'on' | 'raised' | 'danger'
  /** Small number on the button; 0 for none. */
  badge?: number
  /** The key that does the same. */
  key?: string
  /** The menu that pressing it opens, or that its arrow does. */
  menu?: MenuName
  act: () => unknown
}

/** The menus of the bar. */
export type MenuName = 'call' | 'microphones' | 'cameras' | 'screens' | 'reactions'

/** What stands beside the stage. */
export type Panel = 'chat' | 'people'

export interface ControlsContext {
  local: LocalMedia
  gestures: GesturesView
  self: PeerKey
  panel: Panel | null
  unread: number
  toggle: (panel: Panel) => void
  leave: () => void
}

/** The controls in their order, from microphone to leaving. */
export function controlsOf(context: ControlsContext): Control[] {
  const all = [microphone(context), camera(context), screen(context), hand(context), reactions(), chat(context), people(context), menu(), leave(context)]
  return all.filter((control) => control !== null)
}

/** Switches between heard and not heard; opens the microphone if it is not. */
export async function toggleMicrophone(local: LocalMedia): Promise<void> {
  if (local.microphone.peek().phase === 'on') return local.setMuted(!local.muted.peek())
  local.setMuted(false)
  await local.openMicrophone()
}

/** Turns the camera on or off. */
export async function toggleCamera(local: LocalMedia): Promise<void> {
  if (local.camera.peek().phase === 'on') return local.closeCamera()
  await local.openCamera()
}

/** Starts or ends sharing. Must be called from a click or a key. */
export async function toggleScreen(local: LocalMedia): Promise<void> {
  if (local.screen.peek().phase === 'on') return local.closeScreen()
  await local.openScreen()
}

function microphone({ local }: ControlsContext): Control {
  const { phase } = local.microphone.value
  const heard = phase === 'on' && !local.muted.value
  const { controls } = callStrings
  return {
    hook: 'mute', label: controls.microphone, title: heard ? controls.mute : controls.unmute, pressed: heard, drawing: heard ? 'microphone' : 'microphoneOff',
    busy: phase === 'starting', ...heard ? {} : { look: 'off' }, key: 'M', menu: 'microphones', act: () => toggleMicrophone(local),
  }
}

function camera({ local }: ControlsContext): Control {
  const { phase } = local.camera.value
  const on = phase === 'on'
  const { controls } = callStrings
  return {
    hook: 'camera', label: controls.camera, title: on ? controls.cameraOff : controls.cameraOn, pressed: on, drawing: on ? 'camera' : 'cameraOff',
    busy: phase === 'starting', ...on ? {} : { look: 'off' }, key: 'V', menu: 'cameras', act: () => toggleCamera(local),
  }
}

function screen({ local }: ControlsContext): Control | null {
  if (!local.canShareScreen) return null
  const { phase } = local.screen.value
  const on = phase === 'on'
  return {
    hook: 'screen', label: callStrings.controls.screen, title: on ? callStrings.call.stopSharing : callStrings.controls.screen, pressed: on, drawing: on ? 'screenOff' : 'screen',
    busy: phase === 'starting', ...on ? { look: 'on' } : {}, key: 'S', menu: 'screens', act: () => toggleScreen(local),
  }
}

function hand({ gestures, self }: ControlsContext): Control {
  const up = gestures.hands.value.includes(self)
  const { hands } = controlStrings
  return {
    hook: 'hand', label: hands.own, title: up ? hands.lower : hands.raise, drawing: 'hand', pressed: up, ...up ? { look: 'raised' } : {}, key: 'H',
    act: () => gestures.setHand(!up),
  }
}

function reactions(): Control {
  const { title } = controlStrings.reactions
  return { hook: 'reactions', label: title, title, drawing: 'smile', pressed: null, menu: 'reactions', act: () => undefined }
}

function chat({ panel, unread, toggle }: ControlsContext): Control {
  const open = panel === 'chat'
  return {
    hook: 'chat-toggle', label: callStrings.controls.unread(unread), title: callStrings.controls.chat, drawing: 'chat', pressed: open, badge: unread,
    ...open ? { look: 'on' } : {}, key: 'C', act: () => toggle('chat'),
  }
}

function people({ panel, toggle }: ControlsContext): Control {
  const open = panel === 'people'
  const label = callStrings.menu.people
  return { hook: 'people-toggle', label, title: label, drawing: 'people', pressed: open, ...open ? { look: 'on' } : {}, key: 'P', act: () => toggle('people') }
}

function menu(): Control {
  const { more } = callStrings.controls
  return { hook: 'menu', label: more, title: more, drawing: 'more', pressed: null, menu: 'call', act: () => undefined }
}

function leave({ leave }: ControlsContext): Control {
  const { controls } = callStrings
  return { hook: 'leave', label: controls.leave, title: controls.leave, drawing: 'leave', pressed: null, look: 'danger', act: leave }
}
