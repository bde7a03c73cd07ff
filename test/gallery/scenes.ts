import { CALL } from './call-scenes.ts'
import { DIALOGS } from './dialog-scenes.ts'
import { LOBBY } from './lobby-scenes.ts'
import type { Scene } from './play.ts'
import { DESIGN } from './sheet.ts'

/** Everything that the gallery shows, by group and by name. A new element or state gets a scene here. */
export const GROUPS: Readonly<Record<string, Readonly<Record<string, Scene>>>> = { design: DESIGN, lobby: LOBBY, call: CALL, dialogs: DIALOGS }

export const SCENES: Readonly<Record<string, Scene>> = Object.assign({}, ...Object.values(GROUPS)) as Record<string, Scene>
