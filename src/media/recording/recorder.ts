import type { Lifetime } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import { computed, effect, signal, untracked, type ReadonlySignal } from '../../util/signals.ts'
import { listRecordings, removeRecording } from './library.ts'
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

  const refresh = async (): Promise<number | null> => {
    stored.value = await listRecordings()
    const { quota, usage } = await navigator.storage.estimate()
    return quota === undefined || usage === undefined ? null : quota - usage
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
      stop().catch((error: unknown) => log.warn('what is stored could not be read', error))
    })
  })

  return {
    running: computed(() => current.value === null ? null : { bytes: current.value.bytes.value }),
    failure,
    stored,
    stop,
    refresh,
    async start(kind) {
      if (!said.begin()) return 'recording-failed'
      failure.value = null
      const id = said.own.peek()?.id ?? ''
      // So that the browser does not throw it away when the disk fills up; where it refuses, that is for later.
      navigator.storage?.persist?.().catch((error: unknown) => log.debug('storage is not kept for good', error))
      const started = await startRecording({ id, kind, topic: topic(), people, signal: lifetime })
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
      await removeRecording(id)
      await refresh()
    },
  }
}
