import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../../scripts/chromium.ts'
import { CHROMIUM_FLAGS } from './harness.ts'

/** What keeps tabs awake for other tests. */
const WAKING = /^--disable-(backgrounding-occluded-windows|renderer-backgrounding)$/

/**
 * A Chromium without Playwright, which tells its pages that they are all in front. Here only one tab of the window is. Speaks as much
 * of the DevTools protocol as that takes: https://chromedevtools.github.io/devtools-protocol/
 */
export class Tabs {
  readonly #process: ChildProcess
  readonly #profile: string
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, (answer: { result?: unknown, error?: { message: string } }) => void>()
  #last = 0

  private constructor(process: ChildProcess, profile: string, socket: WebSocket) {
    this.#process = process
    this.#profile = profile
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => {
      const answer = JSON.parse(String(data)) as { id?: number, result?: unknown, error?: { message: string } }
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer)
    })
  }

  static async start(camera: string): Promise<Tabs> {
    const executable = findChromium()
    if (executable === undefined) throw new Error('no Chromium: run `npm test`, or set CHROME_PATH')
    const profile = await mkdtemp(join(tmpdir(), 'parley-tabs-'))
    const flags = CHROMIUM_FLAGS.filter((flag) => !WAKING.test(flag))
    const process = spawn(executable, [...flags, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`,
      `--use-file-for-fake-video-capture=${camera}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] })
    const url = await new Promise<string>((resolve, reject) => {
      process.once('exit', () => reject(new Error('Chromium has ended')))
      process.stderr?.on('data', (text: Buffer) => {
        const [found] = /ws:\/\/\S+/.exec(text.toString()) ?? []
        if (found !== undefined) resolve(found)
      })
    })
    const socket = new WebSocket(url)
    await new Promise((resolve) => socket.addEventListener('open', resolve))
    return new Tabs(process, profile, socket)
  }

  /** Opens a tab in front of the others; resolves with its name. */
  async open(url = 'about:blank'): Promise<string> {
    const { targetId } = await this.#send('Target.createTarget', { url }) as { targetId: string }
    await this.#send('Target.activateTarget', { targetId })
    return targetId
  }

  /** What an expression is worth in a tab, once it is settled; `undefined` where the tab is between two pages. */
  async evaluate<T>(targetId: string, expression: string): Promise<T | undefined> {
    const { sessionId } = await this.#send('Target.attachToTarget', { targetId, flatten: true }) as { sessionId: string }
    const evaluated = this.#send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, sessionId)
    const { result } = await evaluated.catch((error: Error) => {
      if (error.message.includes('Cannot find default execution context')) return { result: { value: undefined } }
      throw error
    }) as { result: { value: T | undefined } }
    return result.value
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    void this.#send('Browser.close')
    await ended
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 })
  }

  async #send(method: string, params: object = {}, sessionId?: string): Promise<unknown> {
    const id = ++this.#last
    const answered = new Promise<{ result?: unknown, error?: { message: string } }>((resolve) => this.#waiting.set(id, resolve))
    this.#socket.send(JSON.stringify({ id, method, params, sessionId }))
    const { result, error } = await answered
    this.#waiting.delete(id)
    if (error !== undefined) throw new Error(`${method}: ${error.message}`)
    return result
  }
}
