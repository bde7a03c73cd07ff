/** A relay in a process of its own, so that it can be killed: `node relay-process.ts '<RelayConfig as JSON>'`. */
import type { RelayConfig } from '../../../relay/config/types.ts'
import { createRelay } from '../../../relay/relay.ts'

const relay = await createRelay(JSON.parse(process.argv[2] ?? '') as RelayConfig, new AbortController())
process.stdout.write(`${JSON.stringify({ peerId: relay.peerId, addresses: relay.multiaddrs() })}\n`)
