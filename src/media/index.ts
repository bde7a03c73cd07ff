/** Local capture, and one media connection per remote session. */
export { createLinkFactory } from './link-factory.ts'
export { createLocalMedia } from './local-media.ts'
export type { LocalMediaOptions } from './local-media.ts'
export type * from './types.ts'
