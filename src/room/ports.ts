/** What a room needs of the network and of media: the only place in room/ that names either, and only their types. */
export type { EnterOptions, InboundRing, Network, OfferedServer, Overheard, RelayProbe, RelayWay, Received, RingAnswer, RingPort, RoomChannel } from '../node/types.ts'
export type { HandLink, MakeHandLink } from '../media/by-hand/hand-link.ts'
export type { FilePort, LinkOptions, LinkPhase, LinkQuality, LocalMedia, MakeLink, MediaLink, RemoteMedia } from '../media/types.ts'
export type { CameraProbe, MicrophoneProbe } from '../media/probe/device-probe.ts'
export type { Mapping, StunProbe, TurnProbe } from '../media/probe/ice-probe.ts'
export type { NatKind } from '../media/probe/nat-kind.ts'
