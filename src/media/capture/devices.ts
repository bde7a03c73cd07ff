import { onAbort, type Lifetime } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import { signal, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import type { Device } from '../types.ts'

const log = createLog('devices')

/** While something is captured the list is read this often, milliseconds: Android's Chrome does not always say `devicechange`. */
const POLL_MS = 5_000

/**
 * Chooses the device to open: the preferred one if it is there, else the system's default, else the first. Undefined when
 * there is none, or when the browser does not name its devices yet: then it should be left to the browser.
 *
 * @param excluded a device that has just failed
 */
export function chooseDevice(
  list: readonly Device[], kind: Device['kind'], preferred?: string | null, excluded?: string,
): string | undefined {
  const usable = list.filter((device) => device.kind === kind && device.deviceId !== '' && device.deviceId !== excluded)
  const chosen = usable.find(({ deviceId }) => deviceId === preferred)
    ?? usable.find(({ deviceId }) => deviceId === 'default')
    ?? usable[0]
  return chosen?.deviceId
}

/** The devices that are plugged in, kept up to date until its signal aborts. Before permission they have no names and no ids. */
export class DeviceList {
  readonly #devices: Signal<Device[]> = signal([])
  #attempt = 0

  constructor(isCapturing: () => boolean, { signal: lifetime }: Lifetime) {
    const devices = globalThis.navigator?.mediaDevices
    if (typeof devices?.enumerateDevices !== 'function' || lifetime.aborted) return
    devices.addEventListener('devicechange', () => void this.refresh(), { signal: lifetime })
    const timer = setInterval(() => { if (isCapturing()) void this.refresh() }, POLL_MS)
    onAbort(lifetime, () => clearInterval(timer))
    void this.refresh()
  }

  get devices(): ReadonlySignal<Device[]> { return this.#devices }

  /** Reads the list again. Never rejects. */
  async refresh(): Promise<void> {
    const attempt = ++this.#attempt
    try {
      const found = await globalThis.navigator?.mediaDevices?.enumerateDevices?.() ?? []
      if (attempt !== this.#attempt) return
      const list = found.map(({ deviceId, kind, label }) => ({ deviceId, kind, label }))
      if (JSON.stringify(list) !== JSON.stringify(this.#devices.peek())) this.#devices.value = list
    } catch (error) {
      log.warn('devices cannot be listed', error)
    }
  }
}
