/** `npm run relay`: flags -> relay -> its addresses on the screen -> wait for the end. */
import { runRelay } from './run.ts'

await runRelay(process.argv.slice(2))
