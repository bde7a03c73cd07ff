/** What the interface sees of the app on this device: recent calls, and the page as a program. */
import type { ReadonlySignal } from '../util/signals.ts'

/** A call that was entered earlier. */
export interface RecentRoom {
  topic: string
  /** Empty for a public room. */
  secret: string
  /** When it was entered last, milliseconds since 1970. */
  at: number
}

/** The calls that were entered lately, kept on this device alone. */
export interface RecentView {
  /** Newest first; empty when they are not to be remembered. */
  readonly rooms: ReadonlySignal<readonly RecentRoom[]>
  readonly remembers: ReadonlySignal<boolean>
  /** Forgets all when they are not to be remembered any more. */
  setRemembers(remembers: boolean): void
  forget(room: RecentRoom): void
  forgetAll(): void
}

/** The page as a program of this device. */
export interface ProgramView {
  /** A newer version has been fetched and waits for the page to be loaded anew. */
  readonly isOutdated: ReadonlySignal<boolean>
  /** Loads the page anew, with the newer version. */
  renew(): void
  /** Whether the browser would install the app now. */
  readonly canInstall: ReadonlySignal<boolean>
  /** Lets the browser ask the person whether to install it. */
  install(): Promise<void>
}
