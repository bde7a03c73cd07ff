const ADJECTIVES = (
  'amber autumn azure brave breezy bright calm cheery clever copper cosy crimson curious dapper eager early easy fair ' +
  'fancy fluffy fresh friendly gentle gleaming golden grand green happy hazel honest humble indigo ivory jolly keen ' +
  'kind lively lucky mellow merry mighty misty noble olive patient pearl plucky polite proud quick quiet rosy ruby ' +
  'sandy silver smooth snowy spry starry sunny swift tidy velvet vivid warm wise witty'
).split(' ')

const NOUNS = (
  'acorn badger beacon birch bison bridge brook canyon cedar cherry cliff clover comet coral crane creek dolphin eagle ' +
  'falcon fern finch forest fox garden glacier grove harbor hare hazelnut heron hill island ivy jay kestrel lagoon lake ' +
  'lantern lark lemon lily lynx maple marten meadow melon moon moss oak orchard osprey otter owl panda peach pebble ' +
  'penguin pine planet plum pond puffin raven reef river robin rocket salmon sparrow spruce summit swan thistle tiger ' +
  'tulip valley walnut willow wren'
).split(' ')

const DIGITS = 4

/**
 * Makes a name for a new call, such as `amber-otter-4821`: easy to say aloud, and a normalised topic already.
 * It is no secret; the room's secret is.
 *
 * @param random source of randomness in 0..1
 */
export function newRoomName(random: () => number = Math.random): string {
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? ''
  const digits = Array.from({ length: DIGITS }, () => Math.floor(random() * 10)).join('')
  return `${pick(ADJECTIVES)}-${pick(NOUNS)}-${digits}`
}
