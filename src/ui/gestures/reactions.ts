/** How reactions look and what they are called. */
import type { Reaction } from '../../room/views.ts'
import { controlStrings } from '../control-strings.ts'

/** A sign for each, in the order in which they are offered. */
export const SIGNS = {
  'thumbs-up': '👍',
  heart: '❤️',
  clap: '👏',
  laugh: '😂',
  surprise: '😮',
  party: '🎉',
} as const satisfies Record<Reaction, string>

/** All reactions, in the order in which they are offered. */
export const ALL_REACTIONS = Object.keys(SIGNS) as Reaction[]

/** The name of one, as it is read out. */
export function reactionName(reaction: Reaction): string {
  return controlStrings.reactions[reaction]
}
