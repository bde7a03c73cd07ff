/** What a room needs of the network and of media: the only place in room/ that names either, and only their types. */
export type { EnterOptions, InboundRing, Network, Received, RingAnswer, RingPort, RoomChannel } from '../node/types.ts'
export type { LinkOptions, LinkPhase, LocalMedia, MakeLink, MediaLink, RemoteMedia } from '../media/types.ts'
