/** `npm run screenshots [-- NAME ...]`: makes the pictures of docs/screenshots from real calls between drawn people. */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { build } from 'vite'
import { requireChromium } from '../../scripts/chromium.ts'
import { CHROMIUM_FLAGS, startRelay } from '../browser/harness.ts'
import { enter, type Shot } from './cast.ts'

const FOLDER = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
const WIDE: Shot = { width: 1280, height: 800 }
const PHONE: Shot = { width: 390, height: 844, touch: true }
const QUALITY = 82
/** Pictures fade in, sentences about who has come go away, and encoders find their best, milliseconds. */
const CALM_MS = 7_000

/** What is in a picture: brings the page there, and gives it. */
type Scene = (cast: Cast) => Promise<Page>

interface Cast {
  /** The lobby, or a call that a link leads into. */
  enter: (name: string, shot?: Shot, call?: string) => Promise<Page>
}

const SCENES: Readonly<Record<string, Scene>> = {
  'lobby': async (cast) => lobby(cast, WIDE),
  'lobby-dark': async (cast) => lobby(cast, { ...WIDE, dark: true }),
  'call': async (cast) => meet(cast, WIDE, ['Ben']),
  'call-six-screen': async (cast) => {
    const page = await meet(cast, WIDE, ['Ben', 'Carla', 'Deniz', 'Emi', 'Femi'], async (others) => others[1]?.getByTestId('screen').click())
    await page.getByTestId('screen-tile').first().waitFor()
    return page
  },
  'call-six-dark': async (cast) => meet(cast, { ...WIDE, dark: true }, ['Ben', 'Carla', 'Deniz', 'Emi', 'Femi']),
  'chat': async (cast) => {
    const page = await meet(cast, WIDE, ['Carla', 'Ben'], async ([carla, ben]) => {
      await say(carla, ['Good morning! The forecast for **Friday** is wonderful.'])
      await say(ben, ['Then let us take the boat: https://example.org/harbour', 'I have the spare key.'])
      await say(carla, ['I bring the cake'])
    })
    await page.getByTestId('chat-toggle').click()
    await page.getByTestId('chat-input').pressSequentially('See you at nine')
    return page
  },
  'phone': async (cast) => meet(cast, PHONE, ['Emi', 'Deniz']),
  'phone-lobby': async (cast) => lobby(cast, PHONE),
}

await main(process.argv.slice(2))

async function main(wanted: readonly string[]): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  await build({ logLevel: 'warn' })
  const relay = await startRelay()
  for (const [name, scene] of Object.entries(SCENES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    console.log(name)
    const browser = await chromium.launch({ executablePath: requireChromium(), args: [...CHROMIUM_FLAGS, '--lang=en'] })
    try {
      const page = await scene(castOf(browser, relay.url))
      await page.waitForTimeout(CALM_MS)
      await page.screenshot({ path: `${FOLDER}${name}.jpg`, type: 'jpeg', quality: QUALITY })
    } finally {
      await browser.close()
    }
  }
  await relay.stop()
  process.exit(0)
}

function castOf(browser: Browser, url: string): Cast {
  return { enter: (name, shot, call) => enter(browser, call === undefined ? url : `${url}#/${call}?join=now&name=${name}`, name, shot) }
}

async function lobby(cast: Cast, shot: Shot): Promise<Page> {
  const page = await cast.enter('Anna', shot)
  await page.getByTestId('camera-toggle').click()
  await page.getByTestId('microphone-toggle').click()
  await page.getByTestId('topic').fill('sunday coffee')
  await page.locator('[data-testid="network-status"][data-status="online"]').waitFor()
  return page
}

/** Anna in a call with others, who have done something before the picture is taken. */
async function meet(cast: Cast, shot: Shot, names: readonly string[], then: (others: Page[]) => Promise<unknown> = async () => undefined): Promise<Page> {
  const call = `sunday-coffee/${'A'.repeat(22)}`
  const anna = await cast.enter('Anna', shot, call)
  const others: Page[] = []
  for (const name of names) others.push(await cast.enter(name, undefined, call))
  for (const name of names) await anna.locator('[data-testid="tile"]:not([data-self])[data-connection="connected"]').filter({ hasText: name }).waitFor()
  await then(others)
  // The mouse of whoever takes a picture is not in it.
  await anna.mouse.move(1, 1)
  return anna
}

async function say(page: Page | undefined, lines: readonly string[]): Promise<void> {
  await page?.getByTestId('chat-toggle').click()
  for (const line of lines) {
    await page?.getByTestId('chat-input').fill(line)
    await page?.getByTestId('chat-send').click()
  }
  await page?.getByTestId('chat-input').press('Escape')
}
