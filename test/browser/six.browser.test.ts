import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { arrived, open, othersSeenBy, startChromium, startRelay, until } from './harness.ts'
import type { Person, TestRelay } from './harness.ts'

/**
 * Six people with what they have. Thirty ends of connections share one small machine here, and thirty encoders of each
 * kind would not fit in it: that some come without a device makes the room of six possible, and shows that they can.
 */
const PEOPLE = [
  { name: 'Anna', camera: true, microphone: true },
  { name: 'Ben', camera: true, microphone: false },
  { name: 'Carla', camera: true, microphone: false },
  { name: 'Dora', camera: false, microphone: false },
  { name: 'Emil', camera: false, microphone: true },
  { name: 'Fred', camera: false, microphone: false }
]
const NAMES = PEOPLE.map((person) => person.name)
const PATIENCE_MS = 120_000
/** Looking costs the pages time as well. */
const LOOK_EVERY_MS = 2_000

describe('a room of six in one mesh', () => {
  let browser: Browser
  let relay: TestRelay

  beforeAll(async () => {
    // What counts here is that all pictures come, not how smooth they are.
    browser = await startChromium({ width: 320, height: 180, framesPerSecond: 2 })
    relay = await startRelay()
  })

  afterAll(async () => {
    await browser.close()
    await relay.stop()
  })

  test('everybody sees and hears everybody, and a sender gives each receiver a smaller picture than in a call of two', async () => {
    const people: Person[] = []
    for (const each of PEOPLE) {
      people.push(await joinWith(browser, relay.url, each))
      if (people.length === 2) await until('the whole picture for one receiver', async () => await leastScale(people[0] as Person) === 1)
    }
    await until('everybody to receive each picture and each voice of five others', async () => {
      for (const person of people) {
        const { connections, frames, audio } = await arrived(person)
        const others = PEOPLE.filter((each) => each.name !== person.name)
        if (connections !== 5) return false
        if (frames.filter((count) => count > 0).length !== others.filter((each) => each.camera).length) return false
        if (audio.filter((energy) => energy > 0).length !== others.filter((each) => each.microphone).length) return false
        if ((await othersSeenBy(person)).join() !== NAMES.filter((name) => name !== person.name).join()) return false
      }
      return true
    }, PATIENCE_MS, LOOK_EVERY_MS)
    await until('every receiver to be given a smaller picture', async () => await leastScale(people[0] as Person) > 1, PATIENCE_MS, LOOK_EVERY_MS)
  }, 2 * PATIENCE_MS)
})

/** Opens the lobby, turns on what the person has, and joins. */
async function joinWith(browser: Browser, url: string, { name, camera, microphone }: typeof PEOPLE[number]): Promise<Person> {
  const person = await open(browser, `${url}#/six`, { name })
  if (camera) await person.page.getByTestId('camera-toggle').click()
  if (microphone) await person.page.getByTestId('microphone-toggle').click()
  await person.page.getByTestId('join').click()
  await person.page.getByTestId('call').waitFor()
  return person
}

/** How much smaller than the camera's own the largest picture is that this person sends; 0 while nothing is sent. */
async function leastScale({ page }: Person): Promise<number> {
  return page.evaluate(() => {
    const { peerConnections } = globalThis as unknown as { peerConnections: RTCPeerConnection[] }
    const senders = peerConnections.filter((each) => each.connectionState === 'connected').flatMap((each) => each.getSenders())
    const cameras = senders.filter((sender) => sender.track?.kind === 'video')
    return cameras.length === 0 ? 0 : Math.min(...cameras.map((sender) => sender.getParameters().encodings[0]?.scaleResolutionDownBy ?? 1))
  })
}
