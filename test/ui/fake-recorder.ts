/** Recordings without media: signals that a test sets, and a record of what the interface asked for. */
import type { OthersRecording, OwnRecording, RecorderView, RecordingView, StoredRecording } from '../../src/room/views.ts'
import { computed, signal, type Signal } from '../../src/util/signals.ts'
import type { Calls } from './fake-parley.ts'

/** Who records. */
export function fakeRecordings(calls: Calls, own: Signal<OwnRecording | null>, others: Signal<readonly OthersRecording[]>): RecordingView {
  return {
    own, others,
    begin: () => {
      own.value = { id: 'take', startedAt: Date.now(), answers: new Map() }
      return true
    },
    end: () => { own.value = null },
    answer: (peer, id, allow) => {
      calls.push(['answer-recording', peer, id, allow])
      others.value = others.value.map((each) => each.peer === peer ? { ...each, answer: allow ? 'allowed' : 'refused' } : each)
    },
  }
}

/** What records. */
export function fakeRecorder(calls: Calls, own: Signal<OwnRecording | null>, stored: Signal<readonly StoredRecording[]>): RecorderView {
  return {
    stored,
    running: computed(() => own.value === null ? null : { bytes: 12_300_000 }),
    failure: signal(null),
    start: async (kind) => {
      calls.push(['record', kind])
      own.value = { id: 'take', startedAt: Date.now(), answers: new Map() }
      return null
    },
    stop: async () => { own.value = null },
    room: signal(40e9),
    refresh: async () => null,
    save: async ({ id }) => {
      calls.push(['save-recording', id])
      return null
    },
    remove: async (id) => {
      stored.value = stored.value.filter((each) => each.id !== id)
      return null
    },
  }
}
