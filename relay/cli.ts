/**
 * `npm run relay`, and the command `parley-relay` of the installed package: flags -> relay -> its addresses on the screen ->
 * wait for the end.
 */
import process from 'node:process'

const MIN_NODE = 22

if (Number(process.versions.node.split('.')[0]) < MIN_NODE) {
  process.stderr.write(`parley-relay needs Node ${MIN_NODE} or newer, and this is Node ${process.versions.node}.\n`)
  process.exit(1)
}
// Not a static import: an older Node must get as far as the sentence above.
const { runRelay } = await import('./program/run.ts')
await runRelay(process.argv.slice(2))
