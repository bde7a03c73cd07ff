import type { RoomView } from '../../room/views.ts'

const drafts = new WeakMap<RoomView, { call: string, text: string }>()

/** What was typed in this call and not sent: it outlives the panel, and not the call. */
export function draftOf(room: RoomView): string {
  const draft = drafts.get(room)
  return draft?.call === callOf(room) ? draft.text : ''
}

export function keepDraft(room: RoomView, text: string): void {
  drafts.set(room, { call: callOf(room), text })
}

function callOf(room: RoomView): string {
  const state = room.state.peek()
  return state.phase === 'joined' ? state.link : ''
}
