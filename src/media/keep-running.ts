import type { Lifetime } from '../util/abort.ts'

/** A page that was never touched may not run sound, and a telephone call stops it: it is asked for now, and again at each touch. */
export function keepRunning(context: AudioContext, { signal }: Lifetime): void {
  // A refusal means asking later.
  const resume = (): void => { if (context.state !== 'running') context.resume().catch(() => undefined) }
  for (const touch of ['pointerdown', 'keydown', 'visibilitychange']) document.addEventListener(touch, resume, { signal })
  resume()
}
