/** `npm run build`: the app into dist/. */
import { buildApp } from './build-app.ts'

await buildApp()
