import { onAbort, withTimeout, type Lifetime } from '../../util/abort.ts'
import { signal as makeSignal, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import type { CallViews, SettingsView } from '../views.ts'
import { findingsOf } from './findings.ts'
import { Lines } from './lines.ts'
import { examineNetwork } from './network-checks.ts'
import { observePeople } from './person-checks.ts'
import { formatReport, type ReportContext } from './report.ts'
import type { CameraProbe, Mapping, MicrophoneProbe, StunProbe, TurnProbe } from '../ports.ts'
import type { CheckLine, ExaminationView, Finding, Observations } from './types.ts'

/** Every check has a limit of its own; this one ends what they add up to, milliseconds. */
const EXAMINATION_MS = 75_000

/** The instruments, and the patient. */
export interface ExaminationOptions extends Lifetime {
  page: Pick<Observations, 'page' | 'onLine'>
  settings: Pick<SettingsView, 'transportPolicy'>
  /** Whether our microphone is muted in Parley. */
  muted: ReadonlySignal<boolean>
  /** Resolves with the call's views, or with null when there will be none. */
  call: Promise<CallViews | null>
  probeCamera: (lifetime: Lifetime) => Promise<CameraProbe>
  probeMicrophone: (onLevel: (level: number) => void, lifetime: Lifetime) => Promise<MicrophoneProbe>
  probeStun: (urls: string[], lifetime: Lifetime) => Promise<StunProbe>
  probeTurn: (server: RTCIceServer, lifetime: Lifetime) => Promise<TurnProbe>
  probeMapping: (urls: string[], lifetime: Lifetime) => Promise<Mapping>
  /** What else a report should say. */
  context: ReportContext
}

/** One examination, begun when it is made. Its signal's abort ends it early, without findings. */
export class Examination implements ExaminationView {
  readonly listening: Signal<boolean> = makeSignal(false)
  readonly level: Signal<number> = makeSignal(0)
  readonly #findings: Signal<readonly Finding[] | null> = makeSignal(null)
  readonly #lines = new Lines()
  readonly #options: ExaminationOptions
  readonly #observed: Observations

  constructor(options: ExaminationOptions) {
    this.#options = options
    this.#observed = {
      ...options.page,
      policy: options.settings.transportPolicy.peek(),
      camera: null,
      microphone: null,
      mutedHere: options.muted.peek(),
      relays: null,
      nat: 'unknown',
      addresses: [],
      people: [],
    }
    void this.#run()
  }

  get lines(): ReadonlySignal<readonly CheckLine[]> { return this.#lines.all }

  get findings(): ReadonlySignal<readonly Finding[] | null> { return this.#findings }

  report(sentences: readonly string[], detailed: boolean): string {
    return formatReport({ lines: this.lines.peek(), observed: this.#observed, sentences, context: this.#options.context, detailed })
  }

  async #run(): Promise<void> {
    const { signal: lifetime, page: { page, onLine } } = this.#options
    const limit = withTimeout(lifetime, EXAMINATION_MS)
    const within = { signal: limit.signal }
    this.#lines.add('page').settle(page === 'secure' && !onLine ? 'offline' : page)
    if (page === 'secure') {
      const timeUp = new Promise<void>((resolve) => onAbort(limit.signal, resolve))
      await Promise.race([Promise.all([this.#devices(within), this.#network(within)]), timeUp])
    }
    limit.done()
    if (lifetime.aborted) return
    this.listening.value = false
    this.#lines.stop()
    this.#findings.value = findingsOf(this.#observed)
  }

  /** One after the other: browsers ask for one permission at a time. */
  async #devices(lifetime: Lifetime): Promise<void> {
    const { probeCamera, probeMicrophone } = this.#options
    const [camera, microphone] = [this.#lines.add('camera'), this.#lines.add('microphone')]
    this.#observed.camera = camera.settle(await probeCamera(lifetime))
    const heard = probeMicrophone((level) => {
      this.listening.value = true
      this.level.value = level
    }, lifetime)
    this.#observed.microphone = microphone.settle(await heard)
    this.listening.value = false
  }

  async #network(lifetime: Lifetime): Promise<void> {
    const views = await this.#options.call
    if (views === null || lifetime.signal.aborted) return
    await examineNetwork({ ...this.#options, ...lifetime, network: views.network, lines: this.#lines, observed: this.#observed })
    if (lifetime.signal.aborted) return
    this.#observed.people = await observePeople(views.room.participants.peek(), this.#lines)
  }
}
