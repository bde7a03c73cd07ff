import { randomBytes } from 'node:crypto'
import type { Lifetime } from '../../src/util/abort.ts'
import type { RelayConfig, TurnConfig } from '../config/types.ts'
import { createTurnServer } from '../turn/index.ts'
import type { TurnLimits, TurnOptions, TurnServer } from '../turn/index.ts'

/** The port that browsers and firewalls know (RFC 8656 section 18). */
const USUAL_PORT = 3_478
const SECRET_BYTES = 32
/** A client may use this many seconds' worth of bytes at once: a screen that is shared starts with a large frame. */
const BURST_SECONDS = 2

/** Our own STUN and TURN server and what its credentials are made of, which is new with each start. */
export interface RunningTurn {
  server: TurnServer
  secret: Buffer
}

/**
 * Starts the STUN and TURN server of the configuration, on the usual port if that is free and none was chosen. Undefined
 * when it is switched off. Stops when the signal aborts; `server.close()` is the same, but awaited.
 *
 * @throws {Error} with `code: 'EADDRINUSE'` when the configuration names a port that is taken
 */
export async function startOwnTurn({ turn, host, name }: Pick<RelayConfig, 'turn' | 'host' | 'name'>, lifetime: Lifetime): Promise<RunningTurn | undefined> {
  if (!turn.enabled) return undefined
  const secret = randomBytes(SECRET_BYTES)
  const { relayPorts, publicAddresses, allowPeers } = turn
  const options = { host, secret, realm: name ?? 'parley', relayPorts, publicAddresses, allowPeers, limits: limitsOf(turn) }
  return { server: await listen(options, turn.port, lifetime), secret }
}

async function listen(options: Omit<TurnOptions, 'port'>, port: number | undefined, lifetime: Lifetime): Promise<TurnServer> {
  if (port !== undefined) return createTurnServer({ ...options, port }, lifetime)
  try {
    return await createTurnServer({ ...options, port: USUAL_PORT }, lifetime)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    // Another relay or a coturn on this machine; clients are told the number anyway.
    return createTurnServer({ ...options, port: 0 }, lifetime)
  }
}

function limitsOf({ allocations, allocationsPerUser, bytesPerSecond, bytesPerCredential }: TurnConfig): Partial<TurnLimits> {
  return {
    allocations,
    allocationsPerUser,
    bytesPerUser: { perSecond: bytesPerSecond, burst: bytesPerSecond * BURST_SECONDS },
    totalBytesPerUser: bytesPerCredential
  }
}
