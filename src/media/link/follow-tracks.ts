import type { Lifetime } from '../../util/abort.ts'
import { reconcile } from '../../util/reconcile.ts'
import { computed, type ReadonlySignal } from '../../util/signals.ts'
import { SECTIONS, type Sections } from './transceivers.ts'
import type { SendTracks } from '../types.ts'

/** Puts into each section the track that is to be sent in it, now and after every change of either; ended by its signal. */
export function followTracks(sections: ReadonlySignal<Sections | null>, tracks: SendTracks, { signal }: Lifetime): void {
  for (const { name } of SECTIONS) {
    const wanted = computed(() => ({ sender: sections.value?.[name].sender, track: tracks[name].value }))
    reconcile(wanted, async ({ sender, track }) => {
      if (sender !== undefined && sender.track !== track) await sender.replaceTrack(track)
    }, { signal })
  }
}
