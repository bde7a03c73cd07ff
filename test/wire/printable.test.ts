import { expect, it } from 'vitest'
import { codePoints, stripUnseen } from '../../src/wire/printable.ts'

it('a joiner goes when what it joined goes', () => {
  const unassignedPictograph = '\u{1f0ff}'
  expect(stripUnseen(`👩\u200d${unassignedPictograph}a`)).toBe('👩a')
  expect(stripUnseen(`👩\u200d${unassignedPictograph}\u200d🚀`)).toBe('👩🚀')
})

it('what can be seen stays, whatever the script', () => {
  const text = 'Ada, 42% – ἄλφα ΣΑΣ שָׁלוֹם مَرْحَبًا नमस्ते ไทย 한국어 ᚠᚢᚦ 𓀀 𝄞 1\u20e3 👍🏽 ¿¡«»'
  expect(stripUnseen(text)).toBe(text)
})

it('length is counted in code points', () => {
  expect([codePoints(''), codePoints('ab'), codePoints('🔥e\u0301')]).toEqual([0, 2, 3])
})
