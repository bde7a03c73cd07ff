/** What MediaPipe's loader does with the script elements that it makes. */
interface ScriptStandIn {
  src: string
  listeners: Map<string, () => void>
}

/**
 * MediaPipe's own way of running in workers needs `importScripts`, which module workers lack, and forgets its graphics context. Its way of
 * running in a page works, and needs of a page no more than this: canvases, and scripts that are appended to the body. Those are
 * classic scripts that leave one function behind; loaded as modules they leave it in `exports` instead, as for CommonJS.
 */
export function standInForPage(): void {
  const exports: Record<string, unknown> = {}
  const ignore = (): void => undefined
  const document = {
    addEventListener: ignore,
    removeEventListener: ignore,
    createElement: (name: string) => name === 'canvas' ? new OffscreenCanvas(1, 1) : script(),
    body: {
      appendChild: async ({ src, listeners }: ScriptStandIn) => {
        try {
          await import(/* @vite-ignore */ src)
          Object.assign(globalThis, exports)
          listeners.get('load')?.()
        } catch {
          // It takes both for an end, and fails by itself when the function is not there.
          listeners.get('error')?.()
        }
      },
    },
  }
  Object.assign(globalThis, { window: globalThis, document, exports, alert: ignore })
}

function script(): ScriptStandIn & Record<'setAttribute' | 'addEventListener', unknown> {
  const listeners = new Map<string, () => void>()
  const element = {
    src: '',
    listeners,
    setAttribute: (name: string, value: string) => { if (name === 'src') element.src = value },
    addEventListener: (name: string, listener: () => void) => void listeners.set(name, listener),
  }
  return element
}
