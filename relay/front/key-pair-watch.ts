import { stat } from 'node:fs/promises'
import { delay, onAbort } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { readKeyPair } from './key-pair.ts'
import type { KeyPair, KeyPairFiles } from './key-pair.ts'

/** Certificates are renewed weeks before they expire: there is no hurry. */
const LOOK_EVERY_MS = 30_000

/** What is watched, and who hears of it. */
export interface KeyPairWatch extends Lifetime {
  files: KeyPairFiles
  onChange: (pair: KeyPair) => void
  /** Told once for each different reason why changed files cannot be used; what was read last stays in use. */
  onProblem: (reason: string) => void
  lookEveryMs?: number
}

/**
 * Reads the files again when they have changed, and on SIGHUP, by which certbot's hooks ask for it. Polls, since a renewal
 * replaces symbolic links and folders, which watching by the system's means does not survive. Ends with `signal`.
 */
export function watchKeyPair({ files, onChange, onProblem, lookEveryMs = LOOK_EVERY_MS, signal }: KeyPairWatch): void {
  let seen: string | undefined
  let problem: string | undefined
  let hurry = new AbortController()
  const onHangup = (): void => {
    seen = undefined
    hurry.abort()
  }
  process.on('SIGHUP', onHangup)
  onAbort(signal, () => { process.off('SIGHUP', onHangup) })
  void (async () => {
    seen = await fingerprint(files)
    while (!signal.aborted) {
      await delay(lookEveryMs, AbortSignal.any([signal, hurry.signal]))
      hurry = new AbortController()
      const now = await fingerprint(files)
      if (signal.aborted || now === seen) continue
      try {
        onChange(await readKeyPair(files))
        seen = now
        problem = undefined
      } catch (error) {
        // Perhaps only one of the two has been written yet, so this is looked at again.
        const { message } = error as Error
        if (message !== problem) onProblem(message)
        problem = message
      }
    }
  })()
}

async function fingerprint({ cert, key }: KeyPairFiles): Promise<string> {
  const marks = await Promise.all([cert, key].map(async (path) => {
    try {
      const { mtimeMs, size, ino } = await stat(path)
      return `${mtimeMs} ${size} ${ino}`
    } catch {
      // Away for a moment, while it is replaced; reading it will say so if it stays away.
      return 'missing'
    }
  }))
  return marks.join('; ')
}
