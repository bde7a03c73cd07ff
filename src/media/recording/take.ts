import { childController, type Lifetime } from '../../util/abort.ts'
import { createPicture, type Picture, type PictureFormat } from './picture.ts'
import { createSound, type Sound } from './sound.ts'
import type { Store } from './store.ts'
import type { RecordedPerson } from './types.ts'

/** How often what was encoded is written, milliseconds: so much is lost in a crash. */
const SLICE_MS = 1_000
/** From one picture that needs no other to the next, milliseconds: a player can begin at each. */
const KEY_FRAME_MS = 5_000
const SOUND_BPS = 96_000
/** Encoded bytes that may wait for the disk. One that is so far behind will not catch up. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024

/** What can be recorded, best first. VP8 before VP9: the call needs the processor too. */
const TYPES = [
  { type: 'video/webm;codecs=vp8,opus', extension: 'webm' },
  { type: 'video/webm;codecs=vp9,opus', extension: 'webm' },
  { type: 'video/mp4;codecs=avc1.42E01F,mp4a.40.2', extension: 'mp4' },
  { type: 'video/mp4', extension: 'mp4' },
] as const

export type FileType = (typeof TYPES)[number]

/** What this browser records; undefined for nothing. */
export function fileType(): FileType | undefined {
  return typeof MediaRecorder === 'undefined' ? undefined : TYPES.find(({ type }) => MediaRecorder.isTypeSupported(type))
}

export interface TakeOptions extends Lifetime {
  store: Store
  /** Of the file. */
  name: string
  type: FileType
  format: PictureFormat
  videoBps: number
  context: AudioContext
  onBytes: (bytes: number) => void
  /** Nothing more can be written. */
  onFailure: (error: unknown) => void
}

/** One file under way: a picture and a sound, encoded and written. Chunks go to disk as they come and are not kept. */
export class Take {
  readonly #options: TakeOptions
  readonly #controller: AbortController
  readonly #picture: Picture
  readonly #sound: Sound
  readonly #recorder: MediaRecorder
  readonly #stopped = Promise.withResolvers<void>()
  #writing: Promise<void>
  #waitingBytes = 0
  #closed: Promise<void> | undefined

  /** @throws {DOMException} when the browser cannot record after all */
  constructor(options: TakeOptions) {
    const { store, name, type, format, videoBps, context, onFailure } = options
    this.#options = options
    this.#controller = childController(options.signal)
    const lifetime = { signal: this.#controller.signal }
    this.#picture = createPicture(format, { ...lifetime, onFailure })
    this.#sound = createSound(context, lifetime)
    this.#writing = store.open(name).then(() => undefined)
    this.#writing.catch(onFailure)
    const settings = { mimeType: type.type, videoBitsPerSecond: videoBps, audioBitsPerSecond: SOUND_BPS, videoKeyFrameIntervalDuration: KEY_FRAME_MS }
    this.#recorder = new MediaRecorder(new MediaStream([this.#picture.track, this.#sound.track]), settings)
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#write(data))
    this.#recorder.addEventListener('error', (event) => onFailure((event as ErrorEvent).error))
    this.#recorder.addEventListener('stop', () => this.#stopped.resolve())
    this.#recorder.start(SLICE_MS)
  }

  /** Takes in these people and nobody else. */
  show(people: readonly RecordedPerson[]): void {
    this.#sound.hear(people)
    this.#picture.show(people)
  }

  /** Writes what is left, and closes the file. Resolves whatever happened: failures were told. Idempotent. */
  close(): Promise<void> {
    this.#closed ??= this.#end()
    return this.#closed
  }

  async #end(): Promise<void> {
    const { store, name, onBytes, onFailure } = this.#options
    try {
      if (this.#recorder.state === 'inactive') this.#stopped.resolve()
      else this.#recorder.stop()
      await this.#stopped.promise
      this.#controller.abort()
      await this.#writing.catch(() => undefined)
      onBytes(await store.close(name))
    } catch (error) {
      onFailure(error)
    }
  }

  #write(data: Blob): void {
    if (data.size === 0) return
    const { store, name, onBytes, onFailure } = this.#options
    this.#waitingBytes += data.size
    if (this.#waitingBytes > MAX_WAITING_BYTES) return onFailure(new DOMException('the disk is too slow', 'TimeoutError'))
    this.#writing = this.#writing.then(async () => {
      onBytes(await store.push(name, new Uint8Array(await data.arrayBuffer())))
      this.#waitingBytes -= data.size
    })
    this.#writing.catch(onFailure)
  }
}
