import type { FilesView, FileState } from '../../src/room/views.ts'
import { signal, type Signal } from '../../src/util/signals.ts'
import type { Calls } from './fake-parley.ts'

/** Files whose states a test sets, and a record of what the interface asked for. */
export interface FakeFiles extends FilesView {
  state(id: string): Signal<FileState>
  readonly busy: Signal<boolean>
}

export function fakeFiles(calls: Calls): FakeFiles {
  const states = new Map<string, Signal<FileState>>()
  return {
    busy: signal(false),
    state: (id) => {
      const state = states.get(id) ?? signal<FileState>({ phase: 'offered' })
      states.set(id, state)
      return state
    },
    prepare: async () => undefined,
    offer: async (files) => {
      calls.push(['offer-files', ...files.map(({ name }) => name)])
      return []
    },
    withdraw: (id) => { calls.push(['withdraw-file', id]) },
    fetch: async (line, into) => { calls.push(['fetch-file', line.id, into?.name ?? null]) },
    pause: (id) => { calls.push(['pause-file', id]) },
    resume: (id) => { calls.push(['resume-file', id]) },
    cancel: (id) => { calls.push(['cancel-file', id]) },
  }
}
