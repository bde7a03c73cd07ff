import { expect, test } from 'vitest'
import { enterMeans, type EnterPress } from '../../../src/ui/chat/enter-key.ts'

const press = (over: Partial<EnterPress>): ReturnType<typeof enterMeans> =>
  enterMeans({ key: 'Enter', shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, isComposing: false, keyCode: 13, ...over })

test('Enter sends, with Control, Alt or Command it begins a line, and with Shift the field does that itself', () => {
  expect(press({})).toBe('send')
  expect([press({ ctrlKey: true }), press({ altKey: true }), press({ metaKey: true })]).toEqual(['line', 'line', 'line'])
  expect([press({ shiftKey: true }), press({ key: 'a', keyCode: 65 })]).toEqual([null, null])
})

test('the Enter that ends a word being composed sends nothing, nor does Safari\'s, which comes after the word has ended', () => {
  expect([press({ isComposing: true }), press({ keyCode: 229 })]).toEqual([null, null])
})
