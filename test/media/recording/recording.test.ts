import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startRecording } from '../../../src/media/recording/recording.ts'
import type { TakeOptions } from '../../../src/media/recording/take.ts'
import type { RecordedPerson, RecordingAbout, RunningRecording } from '../../../src/media/recording/types.ts'
import { signal } from '../../../src/util/signals.ts'

/** A file that says whom it shows, and whether it was closed. */
class FakeTake {
  static made: FakeTake[] = []
  readonly name: string
  shows: string[] = []
  closed = 0

  constructor({ name }: TakeOptions) {
    this.name = name
    FakeTake.made.push(this)
  }

  show(people: readonly RecordedPerson[]): void { this.shows = people.map((person) => person.name) }

  async close(): Promise<void> { this.closed += 1 }
}

let described: RecordingAbout[]
vi.mock('../../../src/media/recording/take.ts', () => ({
  Take: function take(options: TakeOptions) { return new FakeTake(options) },
  fileType: () => ({ type: 'video/webm', extension: 'webm' }),
}))
vi.mock('../../../src/media/recording/store.ts', () => ({
  lockName: (id: string) => id,
  StoreError: Error,
  Store: class {
    async describe(about: RecordingAbout): Promise<number> {
      described.push(structuredClone(about))
      return 0
    }
  },
}))

/** A context that the browser lets run only after a touch. */
class FakeContext {
  static made: FakeContext[] = []
  state = 'suspended'
  mayRun = false

  constructor() { FakeContext.made.push(this) }

  async resume(): Promise<void> {
    if (!this.mayRun) throw new DOMException('', 'NotAllowedError')
    this.state = 'running'
  }

  async close(): Promise<void> { this.state = 'closed' }
}

let controller: AbortController
let page: EventTarget
const people = signal<readonly RecordedPerson[]>([])

const person = (name: string, camera = {} as MediaStreamTrack | null): RecordedPerson => (
  { key: name, name, initials: '', hue: 0, microphone: null, camera, screen: null, screenAudio: null })

beforeEach(() => {
  controller = new AbortController()
  page = new EventTarget()
  described = []
  FakeTake.made = []
  FakeContext.made = []
  vi.stubGlobal('document', page)
  vi.stubGlobal('AudioContext', FakeContext)
  vi.stubGlobal('navigator', { storage: {}, locks: { request: async (_name: string, held: () => Promise<void>) => held() } })
})

afterEach(() => {
  controller.abort()
  vi.unstubAllGlobals()
})

async function start(kind: RecordingAbout['kind']): Promise<RunningRecording> {
  const started = await startRecording({ id: 'take', topic: 'call', kind, people, signal: controller.signal })
  if (typeof started === 'string') throw new Error(started)
  return started
}

test('of each person alone: who leaves ends their file, who is only silent does not, and who comes back gets another', async () => {
  people.value = [person('Ada'), person('Ben')]
  const recording = await start('separate')
  people.value = [person('Ada'), person('Ben', null)]
  expect(FakeTake.made.map(({ closed }) => closed)).toEqual([0, 0])
  people.value = [person('Ada')]
  expect(FakeTake.made.map(({ closed }) => closed)).toEqual([0, 1])
  people.value = [person('Ada'), person('Ben')]
  expect(FakeTake.made.map(({ name, shows }) => [name, ...shows])).toEqual([['1.webm', 'Ada'], ['2.webm', 'Ben'], ['3.webm', 'Ben']])
  await recording.stop()
  expect(FakeTake.made.map(({ closed }) => closed)).toEqual([1, 1, 1])
  expect(described.at(-1)?.files.map((file) => [file.name, file.person])).toEqual([['1.webm', 'Ada'], ['2.webm', 'Ben'], ['3.webm', 'Ben']])
  expect(described.at(-1)?.endedAt).not.toBeNull()
})

test('of everybody together: one file, whoever comes and goes', async () => {
  people.value = [person('Ada'), person('Ben')]
  const recording = await start('mixed')
  people.value = [person('Ada')]
  expect(FakeTake.made.map(({ shows, closed }) => [shows, closed])).toEqual([[['Ada'], 0]])
  await recording.stop()
})

test('sound that the browser does not let run at first runs from the next touch on', async () => {
  people.value = [person('Ada')]
  const recording = await start('mixed')
  const [context] = FakeContext.made
  if (context === undefined) throw new Error('no sound')
  expect(context.state).toBe('suspended')
  context.mayRun = true
  page.dispatchEvent(new Event('pointerdown'))
  expect(context.state).toBe('running')
  await recording.stop()
  expect(context.state).toBe('closed')
})
