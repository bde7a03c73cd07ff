import { onAbort, type Lifetime } from '../../util/abort.ts'
import { effect, signal, untracked, type ReadonlySignal } from '../../util/signals.ts'
import type { ParticipantView, RoomView } from '../views.ts'
import { CallTally, type Standing } from './tally.ts'
import type { CallSummary } from './types.ts'

/** How often it is looked at what connections have carried, milliseconds. */
const COUNT_MS = 5_000

/** Follows one call after the other; the summary of the last, in which somebody was met, stands until the next begins. */
export function followCalls({ state, participants }: Pick<RoomView, 'state' | 'participants'>, { signal: lifetime }: Lifetime): ReadonlySignal<CallSummary | null> {
  const shown = signal<CallSummary | null>(null)
  let tally: CallTally | null = null
  let timer: ReturnType<typeof setInterval> | undefined
  onAbort(lifetime, () => clearInterval(timer))

  // First of the two effects: as a call ends, people are gone before anybody has looked.
  onAbort(lifetime, effect(() => {
    const now = state.value
    untracked(() => {
      clearInterval(timer)
      if (tally !== null) {
        const summary = tally.summary(Date.now())
        tally = null
        if (summary.people.length > 0) shown.value = summary
      }
      if (now.phase !== 'joined') return
      shown.value = null
      const current = tally = new CallTally(now.topic, Date.now())
      timer = setInterval(() => void countAll(participants.peek(), current), COUNT_MS)
    })
  }))
  onAbort(lifetime, effect(() => {
    const standings = participants.value.map(standingOf)
    untracked(() => tally?.look(standings, Date.now()))
  }))
  return shown
}

function standingOf({ peer, state }: ParticipantView): Standing {
  const { name, connection, path } = state.value
  return { peer, name, isConnected: connection === 'connected', isRelayed: path !== null && path.relay !== null, roundTripMs: path?.roundTripMs ?? null }
}

async function countAll(people: readonly ParticipantView[], tally: CallTally): Promise<void> {
  await Promise.all(people.map(async ({ peer, stats }) => {
    const entries = [...await stats()].filter((entry): entry is Readonly<Record<string, unknown>> => typeof entry === 'object' && entry !== null)
    // None while a connection is closed or took too long to tell: what it has carried is not nothing for that.
    if (entries.length > 0) tally.count(peer, total(entries, 'bytesReceived'), total(entries, 'bytesSent'))
  }))
}

/** Over the transports of a connection, which count everything. https://www.w3.org/TR/webrtc-stats/#transportstats-dict* */
function total(entries: readonly Readonly<Record<string, unknown>>[], key: string): number {
  return entries.filter(({ type }) => type === 'transport').reduce((sum, entry) => {
    const bytes = entry[key]
    return sum + (typeof bytes === 'number' && Number.isFinite(bytes) ? bytes : 0)
  }, 0)
}
