import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { join, seesAndHears, startBrowserAndRelay, until, type Person } from './harness.ts'
import { TONE_HZ, toneContext } from './tone-camera.ts'

/** In which the one recorded person's cell is, pixels of a picture of 1280 x 720. */
const CELL = { x: 960, y: 300 }

describe('a recording of a call', () => {
  let started: Awaited<ReturnType<typeof startBrowserAndRelay>>
  beforeAll(async () => { started = await startBrowserAndRelay() })
  afterAll(() => started.stop())

  test('holds who has allowed it from then on, nobody else, and everybody sees who records', async () => {
    const { browser, relay } = started
    const anna = await join(browser, relay.url, 'on record', { name: 'Anna' })
    const ben = await join(browser, relay.url, 'on record', { name: 'Ben', context: await toneContext(browser, '#ff00ff') })
    await seesAndHears(anna, 1)
    // Only Ben is to be heard in the file.
    await anna.page.getByTestId('mute').click()

    await record(anna)
    await anna.page.getByTestId('recording-own').waitFor()
    await ben.page.locator('[data-testid="recording-other"][data-answer="waiting"]', { hasText: 'Anna' }).waitFor()
    await ben.page.getByTestId('recording-refuse').click()
    await writes(anna, 2)
    expect(await anna.page.getByTestId('recording-left-out').innerText()).toContain('Ben')

    await ben.page.getByTestId('recording-allow').click()
    await anna.page.getByTestId('recording-left-out').waitFor({ state: 'hidden' })
    await writes(anna, 3)
    await anna.page.getByTestId('recording-stop').click()
    await ben.page.getByTestId('recording-other').waitFor({ state: 'hidden' })

    const seen = await play(anna.page, CELL)
    const [first, last] = [seen.moments.at(0), seen.moments.at(-1)]
    expect(first?.magenta).toBe(false)
    expect(first?.loudness).toBeLessThan(0.001)
    expect(last?.magenta).toBe(true)
    expect(last?.loudness).toBeGreaterThan(0.01)
    expect(Math.abs((last?.hertz ?? 0) - TONE_HZ)).toBeLessThan(30)
    // From the first picture of him on he is in it; on a busy machine that may come a moment after the first sound.
    const from = seen.moments.findIndex(({ magenta }) => magenta)
    expect(seen.moments.slice(0, Math.max(0, from - 4)).every(({ loudness }) => loudness < 0.001)).toBe(true)
    expect(seen.moments.slice(from).every(({ magenta }) => magenta)).toBe(true)

    await stored(anna)
  })
})

async function record({ page }: Person): Promise<void> {
  await page.getByTestId('menu').click()
  await page.getByTestId('record').click()
  await page.getByTestId('record-start').click()
}

/** Waits until a recording has been written to so many more times, each time a second of it. */
async function writes({ page }: Person, times: number): Promise<void> {
  let bytes = await storedBytes(page)
  let seen = 0
  await until(`${times} writes`, async () => {
    const now = await storedBytes(page)
    if (now !== bytes) seen += 1
    bytes = now
    return seen >= times
  })
}

/** It lies in the browser, to be saved, and is gone when it was deleted. */
async function stored({ page }: Person): Promise<void> {
  await page.getByTestId('menu').click()
  await page.getByTestId('record').click()
  await page.locator('[data-testid="recording"][data-state="finished"]').waitFor()
  await page.getByTestId('recording-delete').click()
  await page.getByTestId('recording-delete-yes').click()
  await page.getByTestId('recording').waitFor({ state: 'detached' })
  expect(await storedBytes(page)).toBe(0)
}

/** Bytes of recordings in the page's private file system. */
function storedBytes(page: Page): Promise<number> {
  return page.evaluate(async () => {
    type Folder = FileSystemDirectoryHandle & { values(): AsyncIterable<FileSystemFileHandle | Folder> }
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('recordings', { create: true }) as Folder
    let bytes = 0
    for await (const folder of root.values()) {
      if (folder.kind === 'directory') for await (const file of folder.values()) {
        if (file.kind === 'file' && file.name.endsWith('.webm')) bytes += (await file.getFile()).size
      }
    }
    return bytes
  })
}

interface Moment { magenta: boolean, loudness: number, hertz: number }

/** Plays the one stored recording by jumping from place to place, and says what is seen and heard there. */
function play(page: Page, cell: { x: number, y: number }): Promise<{ duration: number, moments: Moment[] }> {
  return page.evaluate(async (cell) => {
    type Folder = Omit<FileSystemDirectoryHandle, 'values'> & { values(): AsyncIterable<FileSystemDirectoryHandle> }
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('recordings') as unknown as Folder
    for await (const folder of root.values()) {
      const file = await (await folder.getFileHandle('1.webm')).getFile()
      const video = document.createElement('video')
      video.muted = true
      video.src = URL.createObjectURL(file)
      await new Promise((resolve, reject) => {
        video.onloadeddata = resolve
        video.onerror = reject
      })
      const sound = await new OfflineAudioContext(1, 48_000, 48_000).decodeAudioData(await file.arrayBuffer())
      const samples = sound.getChannelData(0)
      const canvas = new OffscreenCanvas(1280, 720)
      const draw = canvas.getContext('2d', { willReadFrequently: true })
      const moments = []
      for (let at = 0.3; at < video.duration - 0.4; at += 0.25) {
        await new Promise((resolve) => {
          video.onseeked = resolve
          video.currentTime = at
        })
        draw?.drawImage(video, 0, 0)
        const [red = 0, green = 0, blue = 0] = draw?.getImageData(cell.x, cell.y, 1, 1).data ?? []
        const part = samples.subarray(at * 48_000, (at + 0.2) * 48_000)
        const crossings = part.filter((sample, index) => index > 0 && sample >= 0 && (part[index - 1] ?? 0) < 0).length
        moments.push({ magenta: red > 180 && green < 80 && blue > 180, loudness: part.reduce((sum, sample) => sum + sample * sample, 0) / part.length, hertz: crossings / 0.2 })
      }
      return { duration: video.duration, moments }
    }
    throw new Error('nothing was recorded')
  }, cell)
}
