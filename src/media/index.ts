/** Local capture, and one media connection per remote session. */
export { createHandLinks } from './by-hand/hand-link.ts'
export { createLinkFactory } from './link-factory.ts'
export { createLocalMedia } from './capture/local-media.ts'
export type { LocalMediaOptions } from './capture/local-media.ts'
export { iceConfiguration } from './link/transport-policy.ts'
export type * from './types.ts'
