import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import type { Plugin, Rolldown } from 'vite'
import type { Build } from '../../src/offline/build.ts'
import { closure } from './preload-chunks.ts'

/** A chunk or an asset above this is fetched when it is used, unless a call cannot begin without it, bytes. */
const LARGE = 100_000
const CODE = /\.(js|css)$/

export interface ServiceWorkerOptions {
  /** The worker's source. */
  entry: string
  /** What a call cannot begin without, besides the page's own entry: as `preloadChunks` has it. */
  call: string
  /** Modules whose chunks are fetched when they are used. */
  later: RegExp
}

/**
 * Builds the service worker into `sw.js`, tells it the files of the build, and writes the build's version into the page.
 */
export function serviceWorker(options: ServiceWorkerOptions): Plugin {
  let root = ''
  let publicDir = ''
  return {
    name: 'parley:service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved: (config) => { ({ root, publicDir } = config) },
    generateBundle: {
      order: 'post',
      async handler(_output, bundle) {
        const page = bundle['index.html']
        if (page?.type !== 'asset') return
        const files = filesOf(bundle, options)
        const html = String(page.source)
        const version = createHash('sha256').update(html).update(files.ahead.join('\n')).update(files.later.join('\n')).digest('hex').slice(0, 16)
        page.source = html.replace('</head>', `  <meta name="parley-version" content="${version}">\n  </head>`)
        const ahead = ['/', ...files.ahead, ...(await readdir(publicDir)).toSorted().map((name) => `/${name}`)]
        const source = await buildWorker(join(root, options.entry), { version, ahead, later: files.later })
        this.emitFile({ type: 'asset', fileName: 'sw.js', source })
      }
    }
  }
}

function filesOf(bundle: Rolldown.OutputBundle, { call, later }: ServiceWorkerOptions): Pick<Build, 'ahead' | 'later'> {
  const outputs = Object.values(bundle).filter(({ fileName }) => fileName.startsWith('assets/'))
  const chunks = outputs.filter((output) => output.type === 'chunk')
  const roots = chunks.filter(({ isEntry, facadeModuleId }) => isEntry || facadeModuleId?.endsWith(call) === true)
  const needed = closure(roots.map(({ fileName }) => fileName), (name) => chunks.find(({ fileName }) => fileName === name)?.imports ?? [])
  const isLater = (output: typeof outputs[number]): boolean => {
    if (needed.has(output.fileName)) return false
    if (!CODE.test(output.fileName)) return true
    const size = output.type === 'chunk' ? output.code.length : output.source.length
    return size > LARGE || (output.type === 'chunk' && output.moduleIds.some((id) => later.test(id)))
  }
  const paths = (which: typeof outputs): string[] => which.map(({ fileName }) => `/${fileName}`).toSorted()
  return { ahead: paths(outputs.filter((output) => !isLater(output))), later: paths(outputs.filter(isLater)) }
}

async function buildWorker(entry: string, of: Build): Promise<string> {
  const [result] = [await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { GIVEN: JSON.stringify(of) },
    build: { write: false, rolldownOptions: { input: entry, output: { format: 'iife', entryFileNames: 'sw.js' } } }
  })].flat()
  const [chunk] = result !== undefined && 'output' in result ? result.output : []
  if (chunk === undefined) throw new Error('the service worker was not built')
  return chunk.code
}
