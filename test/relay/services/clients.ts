/** The node of the app, without a browser around it, for tests of what relays do for it. */
import { generateKeyPair } from '@libp2p/crypto/keys'
import { onTestFinished } from 'vitest'
import { createNode } from '../../../src/node/index.ts'
import type { ParleyNode } from '../../../src/node/index.ts'
import { DEFAULT_NETWORK } from '../../../src/wire/network.ts'

/** A client that was given these relays; it stops with the test. */
export async function startNode(...relays: string[]): Promise<ParleyNode & { stored: Map<string, string> }> {
  const lifetime = new AbortController()
  const stored = new Map<string, string>()
  const node = await createNode({
    privateKey: await generateKeyPair('Ed25519'),
    network: DEFAULT_NETWORK,
    rule: { localPage: true, securePage: false },
    relays,
    storage: { get: (key) => stored.get(key) ?? null, set: (key, value) => { stored.set(key, value) } },
    signal: lifetime.signal
  })
  onTestFinished(() => lifetime.abort())
  return { ...node, stored }
}
