import type { ParticipantState } from '../room/views.ts'
import { strings } from './strings.ts'

/** Which way sound and picture take, in words: direct or through which relay, how, and how long there and back. */
export function pathText({ relay, protocol, roundTripMs }: NonNullable<ParticipantState['path']>): string {
  const direct = protocol === 'udp' ? strings.tile.direct : strings.tile.directTcp
  const way = relay === null ? direct : strings.tile.relayed(relay, protocol.toUpperCase())
  return roundTripMs === null ? way : strings.tile.roundTrip(way, roundTripMs)
}
