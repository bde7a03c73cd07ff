/** Drawn people with real browsers: their cameras and screens are drawings, everything else is as it is. */
import type { Browser, Page } from 'playwright-core'
import { LOOKS, portraitStream } from './portrait.ts'
import { slideStream } from './slides.ts'

/** Of the picture that is taken, and of nobody else's: theirs cost time and are never seen. */
export interface Shot {
  width: number
  height: number
  dark?: boolean
  /** A phone has a finger and no mouse. */
  touch?: boolean
}

const PATIENCE_MS = 120_000

/** What a person's camera draws: enough for a large tile, at few frames. */
const CAMERA = { width: 960, height: 540, framesPerSecond: 8 }
const SCREEN = { width: 1280, height: 800, framesPerSecond: 4 }

/** Somebody of the cast opens the app; who is pictured in no shot gets a small window. */
export async function enter(browser: Browser, address: string, name: string, { width, height, dark = false, touch = false }: Shot = { width: 480, height: 400 }): Promise<Page> {
  const context = await browser.newContext({
    permissions: ['camera', 'microphone', 'clipboard-write'], viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', hasTouch: touch, isMobile: touch,
    deviceScaleFactor: 1, reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await page.addInitScript({ content: `(${install.toString()})(${portraitStream.toString()}, ${slideStream.toString()}, ${JSON.stringify({ look: LOOKS[name], name, camera: CAMERA, screen: SCREEN })})` })
  await page.goto(address)
  return page
}

/** For the page: its camera and its screen are drawn from now on; its microphone is the browser's fake, turned down. */
function install(portrait: typeof portraitStream, slides: typeof slideStream, { look, name, camera, screen }: {
  look: Parameters<typeof portraitStream>[0], name: string, camera: typeof CAMERA, screen: typeof SCREEN,
}): void {
  if (localStorage.getItem('parley:name') === null) localStorage.setItem('parley:name', name)
  const { mediaDevices } = navigator
  const capture = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = async ({ audio = false, video = false } = {}) => {
    const sound = audio === false ? [] : (await capture({ audio })).getAudioTracks()
    const picture = video === false ? [] : portrait(look, camera.width, camera.height, camera.framesPerSecond).getVideoTracks()
    return new MediaStream([...sound, ...picture])
  }
  const labels = { videoinput: 'Built-in camera', audioinput: 'Built-in microphone', audiooutput: 'Built-in speakers' }
  const list = mediaDevices.enumerateDevices.bind(mediaDevices)
  mediaDevices.enumerateDevices = async () => {
    const devices = await list()
    // One of each kind, and named as such devices are.
    return devices.filter(({ kind }, index) => devices.findIndex((other) => other.kind === kind) === index)
      .map(({ deviceId, groupId, kind, label }) => ({ deviceId, groupId, kind, label: label && labels[kind], toJSON: () => ({}) }))
  }
  mediaDevices.getDisplayMedia = async () => slides(screen.width, screen.height, screen.framesPerSecond)
}
