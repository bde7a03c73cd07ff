/** What the menu of a call offers about the stage. */
import type { StageChoice } from '../../room/views.ts'
import type { MenuItem } from '../menu.ts'
import type { Viewing } from './viewing.ts'
import { stageStrings } from './stage-strings.ts'

/** The views, one of which is taken. */
export function layoutItems(viewing: Viewing): MenuItem[] {
  const stage = stageStrings
  const item = (view: StageChoice['view'], label: string, drawing: 'layout' | 'grid' | 'speaker'): MenuItem =>
    ({ hook: `view-${view}`, label, drawing, checked: viewing.choice.value.view === view, act: () => viewing.choose({ view }) })
  return [item('automatic', stage.automatic, 'layout'), item('grid', stage.grid, 'grid'), item('speaker', stage.speaker, 'speaker')]
}

/** What else can be changed about it: our own picture is found here when it is nowhere else. */
export function viewItems(viewing: Viewing): MenuItem[] {
  const stage = stageStrings
  const isShown = viewing.choice.value.ownPicture !== 'hidden'
  const isAudioOnly = viewing.audioOnly.value
  return [
    { hook: 'own-picture', label: stage.ownShown, drawing: 'person', checked: isShown, act: () => viewing.choose({ ownPicture: isShown ? 'hidden' : 'placed' }) },
    { hook: 'audio-only-item', label: stage.audioOnlyItem, drawing: 'audioOnly', checked: isAudioOnly, act: () => viewing.setAudioOnly(!isAudioOnly) },
  ]
}
