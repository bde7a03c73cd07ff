import type { HtmlTagDescriptor, Plugin } from 'vite'

/**
 * Writes a `<link rel="modulepreload">` into the page for the chunk of `module`, which the entry imports dynamically at
 * once, and for what that imports: they load beside the first paint instead of after it, and at low priority so as not to
 * delay it. What the entry imports when somebody asks for it is left alone.
 */
export function preloadChunks(module: string): Plugin {
  return {
    name: 'parley:preload-chunks',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle, chunk }) => {
        if (bundle === undefined || chunk === undefined) return []
        const imports = (name: string): string[] => {
          const output = bundle[name]
          return output?.type === 'chunk' ? output.imports : []
        }
        const early = closure([chunk.fileName], imports)
        const roots = chunk.dynamicImports.filter((name) => {
          const output = bundle[name]
          return output?.type === 'chunk' && output.facadeModuleId?.endsWith(module)
        })
        const late = [...closure(roots, imports)].filter((name) => !early.has(name))
        return late.map((name): HtmlTagDescriptor => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, fetchpriority: 'low', href: `/${name}` },
          injectTo: 'head'
        }))
      }
    }
  }
}

/** `roots` and everything reachable from them. */
export function closure(roots: readonly string[], next: (name: string) => readonly string[]): Set<string> {
  const seen = new Set<string>()
  const visit = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    next(name).forEach(visit)
  }
  roots.forEach(visit)
  return seen
}
