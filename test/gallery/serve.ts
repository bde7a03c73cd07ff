/** `npm run gallery`: serves a page that shows every element in every state, and reloads what you edit. Not part of the app. */
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const vite = await createServer({
  configFile: false, root: fileURLToPath(new URL('../..', import.meta.url)), server: { port: 5174 },
  // Packages that are found later reload every frame.
  optimizeDeps: { entries: ['test/gallery/*.html'] },
})
await vite.listen()
console.log(`\n  Every state: ${vite.resolvedUrls?.local[0] ?? ''}test/gallery/index.html\n\nStop it with Ctrl+C.`)

for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => void vite.close().then(() => process.exit(0)))
