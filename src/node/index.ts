/** The network: a libp2p node behind the narrow interfaces of `types.ts`. */
export { claimBrowserIdentity } from './browser-identity.ts'
export { createCodeSigner, verifySignature } from './code-signer.ts'
export { createNode } from './create-node.ts'
export type { NodeOptions, ParleyNode } from './create-node.ts'
export { SOURCE_NAMES } from './discovery/source.ts'
export type { SourceName } from './discovery/source.ts'
export type { TextStorage } from './relay-book.ts'
export type { EnterOptions, Network, Received, RingPort, RoomChannel } from './types.ts'
