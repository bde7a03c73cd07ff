import type { CaptureState, Device, LocalMedia } from '../room/views.ts'
import type { MenuGroup } from './menu.ts'
import { PURPOSES } from './sharing-banner.ts'
import { controlStrings } from './control-strings.ts'
import { callStrings } from './call-strings.ts'
import { strings } from './strings.ts'

/** The choice among microphones or cameras. Empty while the browser does not name them, which it does once one was allowed. */
export function deviceMenu(local: LocalMedia, of: 'microphones' | 'cameras'): MenuGroup[] {
  const [kind, name, state, open] = of === 'microphones'
    ? ['audioinput', strings.devices.microphone, local.microphone.value, (id: string) => local.openMicrophone(id)] as const
    : ['videoinput', strings.devices.camera, local.camera.value, (id: string) => local.openCamera(id)] as const
  return [{ label: name, titled: true, choice: true, items: choices(local.devices.value, kind).map(({ deviceId, label }, index) => ({
    hook: 'device', label: label || strings.devices.unnamed(name, index + 1), checked: isIn(state, deviceId), act: () => open(deviceId),
  })) }]
}

/** How a screen is shared, and while one is, what else could be. */
export function screenMenu(local: LocalMedia): MenuGroup[] {
  const { sharing } = controlStrings
  return [
    { label: sharing.purpose, titled: true, choice: true, items: PURPOSES.map(({ purpose, drawing }) => (
      { hook: `share-${purpose}`, label: sharing.name[purpose], drawing, checked: local.screenPurpose.value === purpose, act: () => local.setScreenPurpose(purpose) })) },
    { label: callStrings.controls.screen, items: local.screen.value.phase !== 'on' ? [] : [
      { hook: 'share-another', label: sharing.another, drawing: 'screen', act: () => local.openScreen() }] },
  ]
}

/** Devices of a kind that can be chosen by name. */
export function choices(devices: readonly Device[], kind: Device['kind']): Device[] {
  return devices.filter((device) => device.kind === kind && device.deviceId !== '')
}

/** The camera that comes after the one in use: on phones there is one on each side. Null where there is no other. */
export function nextCamera(local: Pick<LocalMedia, 'camera' | 'devices'>): string | null {
  const cameras = choices(local.devices.value, 'videoinput')
  const state = local.camera.value
  if (state.phase !== 'on' || cameras.length < 2) return null
  const now = cameras.findIndex(({ deviceId }) => deviceId === state.deviceId)
  return cameras[(now + 1) % cameras.length]?.deviceId ?? null
}

function isIn(state: CaptureState, deviceId: string): boolean {
  return state.phase === 'on' && state.deviceId === deviceId
}
