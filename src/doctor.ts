/** Third part of the composition root: an examination, loaded when somebody asks what is wrong. */
import { pageStorage } from './config.ts'
import { probeCamera, probeMicrophone } from './media/probe/device-probe.ts'
import { probeMapping, probeStun, probeTurn } from './media/probe/ice-probe.ts'
import type { CapturedMedia } from './media/index.ts'
import { Examination } from './room/doctor/examination.ts'
import type { CallViews, ErrorCode, ExaminationView, SettingsView } from './room/views.ts'
import { onAbort, type Lifetime } from './util/abort.ts'
import { effect } from './util/signals.ts'
import type { ReadonlySignal } from './util/signals.ts'
import { ENVELOPE_VERSION } from './wire/protocol.ts'

export interface DoctorParts extends Lifetime {
  local: CapturedMedia
  settings: SettingsView
  call: ReadonlySignal<CallViews | null>
  /** Why there will be no `call`. */
  failure: ReadonlySignal<ErrorCode | null>
}

/** Begins an examination. Ends with its signal. */
export function examine({ local, settings, call, failure, signal }: DoctorParts): ExaminationView {
  const remembered = (kind: MediaDeviceKind): string | undefined => pageStorage.get(`parley:${kind}`) ?? undefined
  return new Examination({
    page: { page: pageState(), onLine: navigator.onLine },
    settings,
    muted: local.muted,
    call: settled(call, failure, signal),
    probeCamera: (lifetime) => probeCamera({ running: local.tracks.camera.peek(), deviceId: remembered('videoinput'), ...lifetime }),
    probeMicrophone: (onLevel, lifetime) => probeMicrophone({
      running: local.microphoneTrack.peek(), deviceId: remembered('audioinput'), onLevel, ...lifetime
    }),
    probeStun,
    probeTurn,
    probeMapping,
    context: { browser: navigator.userAgent, protocol: ENVELOPE_VERSION, at: new Date().toISOString() },
    signal
  })
}

function pageState(): 'secure' | 'insecure' | 'no-webrtc' {
  if (!isSecureContext) return 'insecure'
  // Some extensions take it away.
  return typeof RTCPeerConnection === 'undefined' ? 'no-webrtc' : 'secure'
}

/** Waits until there are views of the call, or it is clear that there will be none. */
function settled(call: DoctorParts['call'], failure: DoctorParts['failure'], signal: AbortSignal): Promise<CallViews | null> {
  const { promise, resolve } = Promise.withResolvers<CallViews | null>()
  const stop = effect(() => {
    if (call.value !== null || failure.value !== null) resolve(call.value)
  })
  onAbort(signal, () => resolve(null))
  return promise.finally(stop)
}
