import { Refusal } from '../../wire/message.ts'
import { parseAddress, peerOf } from '../addresses.ts'
import { repeatHints } from './repeat-hints.ts'
import type { DiscoverySource } from './source.ts'

/** Peers whose multiaddrs stood in the link or were pasted by the person. */
export function pastedSource(addresses: string[]): DiscoverySource {
  return {
    name: 'pasted',
    start: (context) => {
      const hints = addresses.flatMap((address) => {
        const peer = readablePeer(address)
        return peer === undefined ? [] : [{ peer, addresses: [address] }]
      })
      void repeatHints(hints, context)
    }
  }
}

function readablePeer(address: string): ReturnType<typeof peerOf> {
  try {
    return peerOf(parseAddress(address))
  } catch (error) {
    // The link's parser has told the person already; here such an address is just no hint.
    if (error instanceof Refusal) return undefined
    throw error
  }
}
