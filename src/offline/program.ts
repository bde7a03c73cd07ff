/** The page's side of being a program: kept for times without a server, renewed when asked, installed. */
import type { ProgramView } from '../room/views.ts'
import { createLog } from '../util/log.ts'
import { signal } from '../util/signals.ts'

const log = createLog('offline')

/** The page has come to rest by then, milliseconds: fetching the rest must not slow a join. */
const SETTLED_MS = 4_000
/** A page that stays open asks this often for a newer version, milliseconds. */
const ASK_EVERY_MS = 3_600_000

/** What Chromium tells of being able to install the page; in no standard. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>
}

/** The program, and what its owner does with it. */
export interface Program extends ProgramView {
  /** Keeps the app for times without its server, from when the page has come to rest. */
  keep(): void
}

/** Makes the program; listens to the browser's offer to install from now on. */
export function createProgram(): Program {
  const isOutdated = signal(false)
  const canInstall = signal(false)
  let offer: InstallOffer | undefined
  let waiting: ServiceWorker | undefined
  let isRenewing = false

  addEventListener('beforeinstallprompt', (event) => {
    // Else the browser asks when it likes; the lobby has a button.
    event.preventDefault()
    offer = event as InstallOffer
    canInstall.value = true
  })
  addEventListener('appinstalled', () => { canInstall.value = false })

  const follow = (registration: ServiceWorkerRegistration): void => {
    const look = (): void => {
      // Without a controller it is the first version, which replaces nothing.
      if (registration.waiting === null || navigator.serviceWorker.controller === null) return
      waiting = registration.waiting
      isOutdated.value = true
    }
    const watch = (): void => registration.installing?.addEventListener('statechange', look)
    registration.addEventListener('updatefound', watch)
    // The browser looks for a newer version by itself when the page is opened, and may have found it before.
    watch()
    look()
    let askedAt = Date.now()
    // A page that nobody looks at has the time to wait until somebody does.
    const ask = (): void => {
      if (document.hidden || Date.now() - askedAt < ASK_EVERY_MS) return
      askedAt = Date.now()
      setTimeout(ask, ASK_EVERY_MS + 1_000)
      registration.update().catch((error: unknown) => log.debug('no newer version could be looked for', error))
    }
    document.addEventListener('visibilitychange', ask)
    setTimeout(ask, ASK_EVERY_MS + 1_000)
  }

  return {
    isOutdated,
    canInstall,
    async install() {
      canInstall.value = false
      await offer?.prompt()
    },
    renew() {
      if (isRenewing) return
      isRenewing = true
      // Another tab may have let it take over already: it controls this page, too, which only has to be loaded anew.
      if (waiting?.state !== 'installed') return location.reload()
      // Only this tab: others may be in a call.
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
      waiting.postMessage('take-over')
    },
    keep() {
      // What was not built is being edited, and must never be the one that was kept.
      const isBuilt = document.querySelector('meta[name="parley-version"]') !== null
      if (!isBuilt || !('serviceWorker' in navigator)) return
      setTimeout(() => {
        navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).then(follow, (error: unknown) => {
          // Private windows and embedded pages may not: then there is no app without its server.
          log.debug('the app cannot be kept', error)
        })
      }, SETTLED_MS)
    },
  }
}
