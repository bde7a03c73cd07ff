/** `npm start`: the app, built when need be, and a relay that serves it, on one port. Flags are the relay's: see --help. */
import { runRelay } from '../relay/run.ts'
import { buildApp, isBuilt } from './build-app.ts'

const args = process.argv.slice(2)
const serves = !args.includes('--no-app') && !args.includes('--help')
if (serves && !await isBuilt()) {
  console.log('Building the app (once, a few seconds) ...')
  await buildApp()
}
await runRelay(args)
