/** Local capture, and one media connection per remote session. */
export { createHandLinks } from './hand-link.ts'
export { createLinkFactory } from './link-factory.ts'
export { createLocalMedia } from './local-media.ts'
export type { LocalMediaOptions } from './local-media.ts'
export { iceConfiguration } from './transport-policy.ts'
export type * from './types.ts'
