/** The relay's own STUN and TURN server: its public surface. */
export { turnCredential } from './credentials.ts'
export type { TurnCredential } from './credentials.ts'
export type { TurnCounters } from './counters.ts'
export type { PortRange, TurnLimits, TurnOptions } from './options.ts'
export { createTurnServer } from './turn-server.ts'
export type { TurnServer } from './turn-server.ts'
