import { describe, expect, test } from 'vitest'
import { createSettings, type SettingsStorage } from '../../src/room/settings.ts'

function storageWith(entries: [string, string][]): SettingsStorage {
  const map = new Map(entries)
  return { get: (key) => map.get(key) ?? null, set: (key, value) => void map.set(key, value) }
}

describe('how sound and picture travel', () => {
  test.each([
    [[], 'all'],
    [[['parley:ice-transport-policy', 'relay']], 'relay'],
    [[['parley:ice-transport-policy', 'direct']], 'direct'],
    [[['parley:ice-transport-policy', 'everywhere']], 'all'],
  ] as [[string, string][], string][])('remembered as %j, it is %s', (entries, policy) => {
    expect(createSettings(storageWith(entries)).transportPolicy.value).toBe(policy)
  })

  test('a choice holds at once and at the next visit', () => {
    const storage = storageWith([])
    const settings = createSettings(storage)
    settings.setTransportPolicy('relay')
    expect(settings.transportPolicy.value).toBe('relay')
    expect(createSettings(storage).transportPolicy.value).toBe('relay')
  })
})

describe('how a call is shown', () => {
  const DEFAULT = { view: 'automatic', ownPicture: 'placed', corner: 'bottom-end' }

  test.each([
    [null, DEFAULT],
    ['', DEFAULT],
    ['no JSON', DEFAULT],
    ['null', DEFAULT],
    ['["grid"]', DEFAULT],
    ['{"view":"grid"}', { ...DEFAULT, view: 'grid' }],
    ['{"view":"cinema","ownPicture":"hidden","corner":7}', { ...DEFAULT, ownPicture: 'hidden' }],
    ['{"corner":"top-start","more":"of a later version"}', { ...DEFAULT, corner: 'top-start' }],
  ])('remembered as %j, it is %j', (text, choice) => {
    expect(createSettings(storageWith(text === null ? [] : [['parley:stage', text]])).stage.value).toEqual(choice)
  })

  test('a choice holds at once and at the next visit, and leaves the others alone', () => {
    const storage = storageWith([])
    const settings = createSettings(storage)
    settings.setStage({ view: 'speaker' })
    settings.setStage({ corner: 'top-end' })
    expect(settings.stage.value).toEqual({ view: 'speaker', ownPicture: 'placed', corner: 'top-end' })
    expect(createSettings(storage).stage.value).toEqual(settings.stage.value)
  })
})
