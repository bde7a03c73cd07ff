/** What the lobby knows before a call is entered, with real relays and real devices. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { open, othersSeenBy, relayToRelay, sees, seesAndHears, startChromium, startRelay, until } from './harness.ts'
import type { Browser } from 'playwright-core'
import type { Person, TestRelay } from './harness.ts'

const SECRET = 'AAAAAAAAAAAAAAAAAAAAAA'

let browser: Browser
const relays: TestRelay[] = []

beforeAll(async () => {
  const [started, first] = await Promise.all([startChromium(), startRelay()])
  browser = started
  relays.push(first, await startRelay([relayToRelay(first)]))
})
afterAll(async () => {
  await browser.close()
  await Promise.all(relays.map((relay) => relay.stop()))
})

const says = ({ page }: Person, sentence: string): Promise<void> => page.getByTestId('who-is-there').getByText(sentence).waitFor()

test('who opens a link sees who is there, on another relay too, is not seen, and hears on the loudspeaker that was chosen', async () => {
  const [here, there] = [relays[0]!, relays[1]!]
  const ben = await open(browser, `${here.url}#/choir/${SECRET}`, { name: 'Ben' })
  await says(ben, 'Nobody is there yet.')
  const anna = await open(browser, `${here.url}#/choir/${SECRET}?join=now`, { name: 'Anna' })
  await says(ben, 'Anna is there')
  const carla = await open(browser, `${there.url}#/choir/${SECRET}`, { name: 'Carla' })
  await says(carla, 'Anna is there')
  expect(await othersSeenBy(anna)).toEqual([])

  await ben.page.getByTestId('microphone-toggle').click()
  const speaker = ben.page.getByTestId('speaker')
  await speaker.waitFor()
  const chosen = await speaker.locator('option').last().getAttribute('value')
  expect(chosen).not.toBe('')
  await speaker.selectOption(chosen)
  await ben.page.getByTestId('join').click()
  await sees(ben, ['Anna'])
  await seesAndHears(ben, 1)
  await says(carla, 'Anna and Ben are there')
  await until('Anna to be heard on that loudspeaker', () => ben.page.evaluate((id) => {
    const playing: HTMLAudioElement[] = []
    const search = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element instanceof HTMLAudioElement && element.srcObject !== null) playing.push(element)
        if (element.shadowRoot !== null) search(element.shadowRoot)
      }
    }
    search(document)
    return playing.length > 0 && playing.every(({ sinkId }) => sinkId === id)
  }, chosen))
  await anna.page.getByTestId('leave').click()
  await says(carla, 'Ben is there')
})
