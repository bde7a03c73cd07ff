import { createLog } from '../../util/log.ts'
import { signal, type ReadonlySignal } from '../../util/signals.ts'
import type { Effects } from '../types.ts'

const log = createLog('pictures')

export interface Pictures {
  actions: Pick<Effects, 'paintScene' | 'ownPicture' | 'keepOwnPicture' | 'forgetOwnPicture'>
  /** Grows with each change of the person's own picture. */
  changes: ReadonlySignal<number>
}

/** The pictures that may stand behind a person. Their code is loaded when asked for. */
export function createPictures(onKept: () => void): Pictures {
  const changes = signal(0)
  return {
    changes,
    actions: {
      async paintScene(canvas, name) {
        const { paintScene } = await import('./background/scenes.ts')
        const context = canvas.getContext('2d')
        if (context !== null) paintScene(context, name, canvas)
      },
      async ownPicture() {
        try {
          return await (await import('./own-picture.ts')).readOwnPicture()
        } catch (error) {
          log.debug('no own picture', error)
          return null
        }
      },
      async keepOwnPicture(file) {
        try {
          await (await import('./own-picture.ts')).keepOwnPicture(file)
        } catch (error) {
          log.debug('a picture cannot be kept', error)
          return false
        }
        changes.value++
        onKept()
        return true
      },
      async forgetOwnPicture() {
        try {
          await (await import('./own-picture.ts')).forgetOwnPicture()
          changes.value++
        } catch (error) {
          log.debug('a picture cannot be forgotten', error)
        }
      },
    },
  }
}
