import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { noticesOfWorkers, thirdPartyNotices } from './scripts/vite/notices.ts'
import { precompress } from './scripts/vite/precompress.ts'
import { preloadChunks } from './scripts/vite/preload-chunks.ts'
import { serviceWorker } from './scripts/vite/service-worker.ts'

/** Browser tests wait for real connections between real browsers, milliseconds. */
const BROWSER_TEST_TIMEOUT_MS = 240_000
const BROWSER_TESTS = ['test/browser/**/*.test.ts', 'test/**/*.browser.test.ts']
/** Browser tests without connections, which do not mind company: the interface before a fake of all else. */
const UI_TESTS = ['test/ui/**/*.browser.test.ts', 'test/gallery/**/*.browser.test.ts']
/** Never one: these tests wait more than they work. */
const WORKERS = Math.max(2, availableParallelism() - 1)

/** A package's chunk is called like the package; otherwise it would be called like its main file, which says nothing. */
function chunkName({ name, facadeModuleId }: { name: string, facadeModuleId?: string | null }): string {
  const [, owner] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(facadeModuleId ?? '') ?? []
  return owner?.replace(/^@/, '').replace('/', '-') ?? name
}

/**
 * The libraries of a call in pieces that arrive over parallel connections: TCP starts slowly on each, so a few pieces are
 * here a round trip before one of the same size. Only what imports nothing outside its piece: splitting through the
 * middle of libp2p makes chunks that need each other before they have run.
 */
const LIBRARY_CHUNKS = [
  { name: 'x509', test: /node_modules[\\/](@peculiar|asn1js|pvtsutils|pvutils|bytestreamjs|tsyringe|reflect-metadata|tslib)[\\/]/ },
  { name: 'crypto', test: /node_modules[\\/](@noble|@chainsafe[\\/]as-)/ },
  { name: 'formats', test: /node_modules[\\/](multiformats|uint8arrays|uint8arraylist|uint8-varint|protons-runtime|@multiformats|@chainsafe[\\/](is-ip|netmask))[\\/]/ }
]

/** Not kept for times without the server before it was used once. */
const LATER = /[\\/]src[\\/](ui[\\/]languages|media[\\/](effects|recording))[\\/]/

export default defineConfig({
  plugins: [preloadChunks('/src/call.ts'), thirdPartyNotices('THIRD-PARTY-NOTICES.txt'), serviceWorker({ entry: 'src/offline/service-worker.ts', call: '/src/call.ts', later: LATER }), precompress()],
  resolve: {
    // @libp2p/webrtc knows the same code by its newer name; `npm run size` proves that it ships once.
    alias: { '@libp2p/noise': '@chainsafe/libp2p-noise' },
    dedupe: ['@libp2p/interface', '@libp2p/utils', '@multiformats/multiaddr', '@preact/signals-core', 'lit', 'multiformats']
  },
  build: {
    // Promise.withResolvers, which libp2p needs, sets the floor.
    target: ['chrome119', 'firefox121', 'safari17.4'],
    manifest: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
    // Inlined files would be data: URLs, which the page's Content-Security-Policy does not allow.
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups: LIBRARY_CHUNKS },  chunkFileNames: (chunk) => `assets/${chunkName(chunk)}-[hash].js` },
      checks: { bundlerTimings: false }
    },
    // `npm run size` has limits that mean something.
    chunkSizeWarningLimit: 1_000
  },
  worker: { format: 'es', plugins: () => [noticesOfWorkers()] },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', environment: 'node', include: ['test/**/*.test.ts'], exclude: BROWSER_TESTS, testTimeout: 30_000, hookTimeout: 30_000, maxWorkers: WORKERS }
      },
      {
        extends: true,
        test: { name: 'ui', environment: 'node', include: UI_TESTS, testTimeout: BROWSER_TEST_TIMEOUT_MS, hookTimeout: BROWSER_TEST_TIMEOUT_MS, maxWorkers: WORKERS }
      },
      {
        extends: true,
        test: {
          name: 'browser',
          environment: 'node',
          include: BROWSER_TESTS,
          exclude: UI_TESTS,
          fileParallelism: false,
          testTimeout: BROWSER_TEST_TIMEOUT_MS,
          hookTimeout: BROWSER_TEST_TIMEOUT_MS
        }
      }
    ]
  }
})
