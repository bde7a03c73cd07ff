import type { Sections } from '../link/transceivers.ts'

/** Has a person's sound and picture, which are played in time with each other, wait so long, milliseconds; 0 for no longer than the browser thinks right. */
export function setPlayout(sections: Sections | null, targetMs: number): void {
  if (sections === null) return
  for (const { receiver } of [sections.microphone, sections.camera]) {
    const target = targetMs === 0 ? null : targetMs
    if ('jitterBufferTarget' in receiver && receiver.jitterBufferTarget !== target) receiver.jitterBufferTarget = target
  }
}
