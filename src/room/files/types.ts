/** Files in a call, as the interface sees them. */
import type { ReadonlySignal } from '../../util/signals.ts'
import type { ChatLine, FileInfo, PeerKey } from '../../wire/message.ts'

export type { FileInfo }

/**
 * Why a file did not come: its owner offers it no more (`gone`), its bytes are not those that the owner has (`damaged`), the
 * owner sent what it was not asked for (`unasked`), there is no room for it (`space`), or it could not be written (`disk`).
 */
export type FileFailure = 'gone' | 'damaged' | 'unasked' | 'space' | 'disk'

/** Somebody who takes a file of ours. */
export interface FileReceiver {
  readonly peer: PeerKey
  /** What it was called when it was last served. */
  readonly name: string
  /** How far it has come, bytes. */
  readonly bytes: number
  readonly done: boolean
}

/** Where one file stands, for us. */
export type FileState =
  /** Somebody else's, and not asked for. */
  | { phase: 'offered' }
  /** Ours. */
  | { phase: 'shared', receivers: readonly FileReceiver[] }
  /** Its owner offers it no more. */
  | { phase: 'withdrawn' }
  /**
   * `queued`: others come first. `waiting`: the owner is out of reach for the moment. `checking`: all is there and its sum is
   * being compared.
   */
  | { phase: 'receiving', step: 'queued' | 'starting' | 'running' | 'waiting' | 'paused' | 'checking', bytes: number, bytesPerSecond: number }
  /** Where it was `saved`, the person has it; otherwise it is kept by the browser, to be saved from there. */
  | { phase: 'arrived', file: Blob, saved: boolean }
  | { phase: 'failed', reason: FileFailure }

export interface FilesView {
  /** State of the file that a chat line offers. */
  state(id: string): ReadonlySignal<FileState>
  /** Whether leaving now would break off a file that is on its way to us or from us. */
  readonly busy: ReadonlySignal<boolean>
  /** Loads the code for files. Rejects when the page's server does not answer. */
  prepare(): Promise<void>
  /**
   * Offers files to everybody in the call, one chat line each, at most MAX_OFFERS at once. Resolves with those that were not
   * offered: too many, or too large. Rejects as `prepare` does.
   */
  offer(files: readonly File[]): Promise<readonly File[]>
  /** Ends an offer of ours. */
  withdraw(id: string): void
  /**
   * Begins to receive, into the file that the person has chosen, or into the browser's keeping; goes on where it can after
   * the page was loaded anew. Rejects as `prepare` does.
   */
  fetch(line: ChatLine, into: FileSystemFileHandle | null): Promise<void>
  pause(id: string): void
  resume(id: string): void
  /** Gives up what is on its way, and throws away what has come of it. */
  cancel(id: string): void
}

/** Most files offered at once: each is a line of chat, and others take lines only so fast. */
export const MAX_OFFERS = 10
