/** Numbers that two programs must agree on; their names are in `network.ts`. Everything else has its default beside the code that uses it. */

/** Version byte of a sealed envelope. */
export const ENVELOPE_VERSION = 1

/** Longest sealed message, bytes: an offer with four media sections and all candidates is 15 to 25 KB. */
export const MAX_MESSAGE_BYTES = 65_536
/** Longest message on the control data channel, bytes; Chromium and Firefox both take more, Safari 64 KiB. */
export const MAX_CONTROL_BYTES = 65_536
/** Longest topic a person may type, in Unicode code points after normalisation. */
export const MAX_TOPIC_CODE_POINTS = 64
/** Longest name shown for a person, in code points. */
export const MAX_NAME_CODE_POINTS = 48
/** Longest chat message, in code points. */
export const MAX_CHAT_CODE_POINTS = 4000
/** Latest time of a chat line, milliseconds since 1970: what comes after it is no date. https://tc39.es/ecma262/#sec-time-values-and-time-range */
export const MAX_CHAT_TIME_MS = 8_640_000_000_000_000
/** Most chat entries handed to a late joiner. */
export const MAX_HISTORY_ENTRIES = 200
/** Most addresses a peer may claim in a hello. */
export const MAX_ADDRESSES = 8
/** Longest multiaddr accepted anywhere, characters. */
export const MAX_ADDRESS_CHARS = 512
/** Most ICE candidates in one message. */
export const MAX_CANDIDATES = 32
/** Longest SDP accepted, characters. */
export const MAX_SDP_CHARS = 49_152
/** Longest ICE candidate accepted, characters: real ones have 80 to 250. */
export const MAX_CANDIDATE_CHARS = 512
/** Longest id of an offer or a chat line, characters. */
export const MAX_ID_CHARS = 64
/** Largest file that can be offered, bytes. */
export const MAX_FILE_BYTES = 2 ** 40
/** Longest name of a file, code points. */
export const MAX_FILE_NAME_CODE_POINTS = 120
/** Longest message on the files channel, bytes: what every browser takes. */
export const MAX_FILE_MESSAGE_BYTES = 65_536
/** Longest message on the files channel that is text, bytes. */
export const MAX_FILE_TEXT_BYTES = 512
/** Most bytes of a file that can be asked for at once. */
export const MAX_ASK_BYTES = 262_144
/** Most asks that may wait at the owner of files, over all of them. */
export const MAX_ASKS = 64
/** A file's sum is made of the sums of blocks of this size, bytes; only the last is shorter. */
export const FILE_BLOCK_BYTES = 1_048_576
/** Largest width or height a receiver may ask for, device pixels. */
export const MAX_VIEW_PIXELS = 8192
/** Longest time that a hand can be said to have been up, milliseconds: a day. */
export const MAX_HAND_MS = 86_400_000
/** Longest message of the ring protocol, bytes. */
export const MAX_RING_BYTES = 2048
/** Most `relay` and most `peer` parameters in one link. */
export const MAX_LINK_ADDRESSES = 8
/** Room secret in a link, bytes (128 bit). */
export const SECRET_BYTES = 16

/** Version of the codes that are exchanged by hand. */
export const CODE_VERSION = 1
/** Longest code, bytes: real ones have 200 to 400, and a QR code of 1000 is hard to scan. */
export const MAX_CODE_BYTES = 1024
/** Most ICE candidates in a code. */
export const MAX_CODE_CANDIDATES = 12
/** Bytes by which a reply names its invitation. */
export const CODE_ID_BYTES = 8
/** Codes are good for this long, seconds: time to send one by any messenger, and for its answer. */
export const CODE_LIFETIME_S = 600
/** Clocks of two devices without a network may differ by this much, seconds. */
export const CODE_CLOCK_TOLERANCE_S = 300

/** Most ICE servers that a relay offers at once. */
export const MAX_ICE_SERVERS = 16
/** Longest message with ICE servers, bytes. */
export const MAX_ICE_SERVERS_BYTES = 8192
/** Longest life of a TURN credential, seconds: a week. */
export const MAX_ICE_LIFETIME_S = 604_800
/** Longest message of the drain protocol, bytes. */
export const MAX_DRAIN_BYTES = 64
/** Longest time that a relay can announce its end before, milliseconds. */
export const MAX_DRAIN_MS = 600_000

/** Members say hello again this often, milliseconds, with up to 30 % jitter. */
export const HELLO_INTERVAL_MS = 20_000
/** Hellos whose clock differs from ours by more than this are refused as replays, milliseconds. */
export const HELLO_FRESHNESS_MS = 15 * 60_000
/** Most people named in one answer to the question who is there: a full room and some slack. */
export const MAX_PEOPLE = 32
/** Heartbeat on the control channel, milliseconds. */
export const HEARTBEAT_MS = 500
/** DHT records are filed under time buckets of this length, milliseconds, so that stale ones vanish with their bucket. */
export const RENDEZVOUS_BUCKET_MS = 15 * 60_000
/** Relays file themselves in the DHT under time buckets of this length, milliseconds. */
export const RELAY_BUCKET_MS = 24 * 3_600_000
