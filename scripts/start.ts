/** `npm start`: the app, built when need be, and a relay that serves it, on one port. Flags are the relay's: see --help. */
import { runRelay } from '../relay/program/run.ts'
import { buildApp, isBuilt } from './build-app.ts'

await runRelay(process.argv.slice(2), async ({ app }, { say }) => {
  if (!app || await isBuilt()) return
  say('Building the app (once, a few seconds) ...')
  await buildApp()
})
