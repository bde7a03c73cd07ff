/** What the menu of a call offers, in groups: the place to add an item, one line each. */
import type { CallViews, LocalMedia } from '../room/views.ts'
import { CodesRequest, DoctorRequest, InviteRequest, KeysRequest, RecordRequest, SettingsRequest, StatisticsRequest } from './events.ts'
import { canFullScreen, isFullScreen, toggleFullScreen } from './full-screen.ts'
import type { MenuGroup, MenuItem } from './menu.ts'
import { recordingStrings } from './recording-strings.ts'
import { layoutItems, viewItems } from './stage/view-menu.ts'
import type { Viewing } from './stage/viewing.ts'
import type { SmallWindow } from './small/small-window.ts'
import { callStrings } from './call-strings.ts'
import { strings } from './strings.ts'
import { stageStrings } from './stage/stage-strings.ts'
import { controlStrings } from './control-strings.ts'
import { summaryStrings } from './summary-strings.ts'

/** What items may know and do. Signals that are read here redraw the open menu. */
export interface CallMenuContext {
  views: CallViews
  viewing: Viewing
  local: LocalMedia
  small: SmallWindow
  /** Asks whoever is above, by an event that bubbles. */
  ask: (event: Event) => void
}

/** The groups in their order; one without items is not shown. Items are null where the browser or the moment has no use for them. */
export function callMenu({ viewing, small, ask }: CallMenuContext): MenuGroup[] {
  const { menu } = callStrings
  return [
    group(stageStrings.layout, layoutItems(viewing), { choice: true }),
    group(menu.view, [
      ...viewItems(viewing),
      canFullScreen() ? { hook: 'full-screen', label: isFullScreen.value ? controlStrings.view.notFull : controlStrings.view.full, drawing: isFullScreen.value ? 'fullScreenOff' : 'fullScreen', key: 'F', act: toggleFullScreen } : null,
      small.isPossible ? { hook: 'small-window', label: small.isOpen.value ? controlStrings.view.notSmall : controlStrings.view.small, drawing: 'pictureInPicture', key: 'I', act: () => small.toggle() } : null,
    ]),
    group(menu.tools, [
      { hook: 'record', label: recordingStrings.menu, drawing: 'record', act: () => ask(new RecordRequest()) },
      { hook: 'statistics', label: summaryStrings.menu, drawing: 'statistics', act: () => ask(new StatisticsRequest()) },
    ]),
    group(menu.people, [
      { hook: 'invite', label: menu.invite, drawing: 'invite', act: () => ask(new InviteRequest()) },
      { hook: 'codes', label: strings.codes.titleInCall, drawing: 'byHand', act: () => ask(new CodesRequest()) },
    ]),
    group(menu.help, [
      { hook: 'settings', label: strings.devices.settings, drawing: 'tune', act: () => ask(new SettingsRequest()) },
      // Phones have no keys; tablets that have some know `?`.
      matchMedia('(any-pointer: fine)').matches ? { hook: 'keys', label: controlStrings.keys.title, drawing: 'keyboard', key: '?', act: () => ask(new KeysRequest()) } : null,
      { hook: 'doctor-menu', label: strings.trouble.check, drawing: 'doctor', act: () => ask(new DoctorRequest()) },
    ]),
  ]
}

function group(label: string, items: readonly (MenuItem | null)[], more: Partial<MenuGroup> = {}): MenuGroup {
  return { label, items: items.filter((item) => item !== null), ...more }
}
