import type { Lifetime } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import { computed, effect, signal, untracked, type ReadonlySignal } from '../../util/signals.ts'
import { listRecordings, removeRecording } from './library.ts'
import { recordingError } from './recording-error.ts'
import { startRecording } from './recording.ts'
import { saveRecording } from './save.ts'
import type { RecordedPerson, RecorderView, RecordingErrorCode, RunningRecording, StoredRecording } from './types.ts'

const log = createLog('recording')

export interface RecorderOptions extends Lifetime {
  /** What is said in the room about our recording; media begins after it was said, and ends with it. */
  said: { own: ReadonlySignal<{ id: string } | null>, begin(): boolean, end(): void }
  /** Who may be in it at the moment, ourselves first. */
  people: ReadonlySignal<readonly RecordedPerson[]>
  topic: () => string
}

/** Makes the one recorder of this page. What runs ends, with its files closed, when nobody is told of it any more. */
export function createRecorder({ said, people, topic, signal: lifetime }: RecorderOptions): RecorderView {
  const current = signal<RunningRecording | null>(null)
  const failure = signal<RecordingErrorCode | null>(null)
  const stored = signal<readonly StoredRecording[]>([])

  const room = signal<number | null>(null)

  const refresh = async (): Promise<RecordingErrorCode | null> => {
    try {
      stored.value = await listRecordings()
      const { quota, usage } = await navigator.storage.estimate()
      room.value = quota === undefined || usage === undefined ? null : quota - usage
      return null
    } catch (error) {
      log.warn('what is stored could not be read', error)
      return recordingError(error)
    }
  }

  const stop = async (): Promise<void> => {
    const running = current.peek()
    current.value = null
    said.end()
    await running?.stop()
    await refresh()
  }

  effect(() => {
    const isOver = said.own.value === null || (current.value?.failure.value ?? null) !== null
    if (!isOver || current.value === null) return
    untracked(() => {
      failure.value = current.peek()?.failure.peek() ?? null
      void stop()
    })
  })

  return {
    running: computed(() => current.value === null ? null : { bytes: current.value.bytes.value }),
    failure,
    stored,
    room,
    stop,
    refresh,
    async start(kind) {
      if (!said.begin()) return 'recording-failed'
      failure.value = null
      const id = said.own.peek()?.id ?? ''
      // So that the browser does not throw it away when the disk fills up; where it refuses, that is for later.
      navigator.storage?.persist?.().catch((error: unknown) => log.debug('storage is not kept for good', error))
      const started = await startRecording({ id, kind, topic: topic(), people, signal: lifetime })
      // It was stopped before it had begun, and the next one may have begun since.
      if (said.own.peek()?.id !== id) {
        if (typeof started !== 'string') await started.stop()
        await refresh()
        return null
      }
      if (typeof started === 'string') {
        failure.value = started
        said.end()
        return started
      }
      current.value = started
      return null
    },
    async save(recording) {
      try {
        await saveRecording(recording, { signal: lifetime })
        await refresh()
        return null
      } catch (error) {
        log.warn('a recording could not be saved', error)
        return 'recording-not-saved'
      }
    },
    async remove(id) {
      try {
        await removeRecording(id)
        return await refresh()
      } catch (error) {
        log.warn('a recording could not be deleted', error)
        return 'recording-not-deleted'
      }
    },
  }
}
