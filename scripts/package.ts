/** `npm pack` runs this first: the app, and the relay as plain JavaScript in `build`, for Node runs no TypeScript of installed packages. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { buildApp, isBuilt } from './build-app.ts'
import { thirdPartyNotices } from './vite/notices.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const BUILD = join(ROOT, 'build')
/** Packages with machine code, which cannot be bundled: the only dependencies of an installed relay. */
const { dependencies: NATIVE } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }

if (!await isBuilt()) await buildApp()
await build({
  root: ROOT,
  // The app's configuration is for browsers.
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  plugins: [thirdPartyNotices('THIRD-PARTY-NOTICES.txt')],
  resolve: { alias: { '@libp2p/noise': '@chainsafe/libp2p-noise' } },
  ssr: { noExternal: true, external: Object.keys(NATIVE) },
  build: {
    ssr: 'relay/cli.ts',
    outDir: BUILD,
    emptyOutDir: true,
    target: 'node22',
    rolldownOptions: {
      output: {
        banner: ({ isEntry }) => isEntry ? '#!/usr/bin/env node' : '',
        entryFileNames: 'parley-relay.js',
        chunkFileNames: '[name]-[hash].js',
        // Some packages need that another has run before them, which pieces of a bundle do not respect otherwise.
        strictExecutionOrder: true
      }
    }
  }
})
