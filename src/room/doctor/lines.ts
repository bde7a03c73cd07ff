import { signal as makeSignal, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import type { CheckLine, CheckName, Result, Subject, Verdict } from './types.ts'

/** How each result is to be taken. */
const VERDICTS: Readonly<Record<Result, Exclude<Verdict, 'running'>>> = {
  secure: 'good', insecure: 'bad', 'no-webrtc': 'bad', offline: 'bad',
  picture: 'good', 'no-picture': 'bad', heard: 'good', faint: 'note', silent: 'bad', unmeasured: 'unknown', unanswered: 'unknown',
  'permission-refused': 'bad', 'device-missing': 'bad', 'device-busy': 'bad', 'capture-failed': 'bad', 'capture-unsupported': 'bad',
  reserved: 'good', reached: 'good', 'not-a-relay': 'bad', forbidden: 'unknown', 'no-answer': 'bad', 'none-known': 'bad',
  answered: 'good', carried: 'good', allocated: 'note', refused: 'bad',
  open: 'good', blocked: 'bad', unknown: 'unknown',
  'nat-none': 'good', 'nat-easy': 'good', 'nat-hard': 'note',
  'ipv6-yes': 'good', 'ipv6-no': 'note',
  direct: 'good', relayed: 'note', unreachable: 'bad',
  stopped: 'unknown',
}

/** A line that waits for its result. */
export interface OpenLine {
  /** Writes the result down, with a time in milliseconds where there is one, and hands it back. */
  settle<T extends Result>(result: T, ms?: number | null): T
}

/** The lines of one examination, in the order in which they were begun. */
export class Lines {
  readonly #all: Signal<readonly CheckLine[]> = makeSignal([])

  get all(): ReadonlySignal<readonly CheckLine[]> { return this.#all }

  /** Begins a line. */
  add(check: CheckName, subject: Subject | null = null): OpenLine {
    const id = `${this.#all.peek().length}`
    this.#all.value = [...this.#all.peek(), { id, check, subject, verdict: 'running', result: null, ms: null }]
    return {
      settle: (result, ms = null) => {
        this.#all.value = this.#all.peek().map((line) => line.id === id ? { ...line, verdict: VERDICTS[result], result, ms } : line)
        return result
      },
    }
  }

  /** Closes what is still open: there is no more time. */
  stop(): void {
    this.#all.value = this.#all.peek().map((line) => line.result === null ? { ...line, verdict: VERDICTS.stopped, result: 'stopped' } : line)
  }
}
