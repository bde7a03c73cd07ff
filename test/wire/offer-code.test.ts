import { publicKeyFromRaw } from '@libp2p/crypto/keys'
import { peerIdFromPublicKey } from '@libp2p/peer-id'
import { describe, expect, it } from 'vitest'
import { qrPath } from '../../src/ui/qr-path.ts'
import { checkCodeTime, codeId, decodeCode, encodeCode, formatCode, formatCodeLink, MAX_CODE_BYTES, parseCodeText } from '../../src/wire/index.ts'
import { peerKeyOf } from '../../src/wire/public-key.ts'
import { ICE, INVITATION, MADE_AT, newSigner, REPLY, verify } from './code-samples.ts'
import { refusalOf } from './samples.ts'

const signer = await newSigner()
const code = await encodeCode(INVITATION, signer)

describe('a code', () => {
  it.each([INVITATION, REPLY, { ...INVITATION, secret: '' }, { ...REPLY, name: '', ice: { ...ICE, candidates: [] } }])('is read as it was written: %#', async (fields) => {
    expect(await decodeCode(await encodeCode(fields, signer), verify)).toEqual({ ...fields, from: peerKeyOf(signer.publicKey) })
  })

  it('names its sender as libp2p does', async () => {
    for (let count = 0; count < 20; count += 1) {
      const { publicKey } = await newSigner()
      expect(peerKeyOf(publicKey)).toBe(peerIdFromPublicKey(publicKeyFromRaw(publicKey)).toString())
    }
  })

  it('fits into a QR code that a phone reads, with candidates of every kind', async () => {
    expect(code.length).toBeLessThan(320)
    const { size } = qrPath(formatCodeLink('https://parley.example', code), 'low')
    // Version 14 of 40, and a border of two modules.
    expect(size).toBeLessThanOrEqual(73 + 4)
  })

  it('is refused when any byte of it is another', async () => {
    for (let at = 0; at < code.length; at += 1) {
      const changed = code.with(at, (code[at] ?? 0) ^ 1)
      expect(['code-damaged', 'code-version', 'code-cut'], `byte ${at}`).toContain(await refusalOf(() => decodeCode(changed, verify)))
    }
  })

  it('is refused when it is signed by another key, or for another network', async () => {
    const other = await newSigner()
    const forged = await encodeCode(INVITATION, { publicKey: signer.publicKey, sign: other.sign })
    expect(await refusalOf(() => decodeCode(forged, verify))).toBe('code-damaged')
    expect(await refusalOf(() => decodeCode(code, verify, 'elsewhere'))).toBe('code-damaged')
  })

  it('says that its end is missing, wherever it was cut', async () => {
    for (let length = 3; length < code.length; length += 1) {
      expect(await refusalOf(() => decodeCode(code.slice(0, length), verify))).toBe('code-cut')
    }
  })

  it('is refused when something follows it', async () => {
    expect(await refusalOf(() => decodeCode(Uint8Array.of(...code, 0), verify))).toBe('code-damaged')
  })

  it('of another version says so', async () => {
    expect(await refusalOf(() => decodeCode(code.with(0, 0x21), verify))).toBe('code-version')
  })

  it.each([0, 2, MAX_CODE_BYTES + 1])('of %i bytes is none', async (length) => {
    expect(await refusalOf(() => decodeCode(new Uint8Array(length), verify))).toBe('code-malformed')
  })

  it('has the id of its own bytes alone', async () => {
    expect(await codeId(code)).toMatch(/^[\w-]{11}$/)
    expect(await codeId(code)).not.toBe(await codeId(await encodeCode({ ...INVITATION, name: 'Eve' }, signer)))
  })

  it.each([
    ['without SHA-256 fingerprint', { fingerprint: new Uint8Array(20) }],
    ['with a user fragment of other characters', { ufrag: 'a-bc' }],
    ['with a short password', { pwd: 'short' }],
    ['with a candidate at a name', { candidates: [{ type: 'host' as const, address: 'router.lan', port: 9 }] }],
    ['with too many candidates', { candidates: Array.from({ length: 13 }, () => ({ type: 'host' as const, address: '10.0.0.1', port: 9 })) }],
  ])('is not made %s', async (_, ice) => {
    expect(await refusalOf(() => encodeCode({ ...INVITATION, ice: { ...ICE, ...ice } }, signer))).toBe('malformed')
  })
})

describe('the time of a code', () => {
  const at = (seconds: number): number => MADE_AT + seconds * 1_000
  it.each([
    ['when it is made', 0, null], ['at its end', 600, null], ['while clocks may differ', 899, null], ['after that', 901, 'code-expired'],
    ['by a clock that is a little behind', -299, null], ['by a clock that is far behind', -301, 'code-clock'],
  ])('%s', async (_, seconds, refusal) => {
    expect(await refusalOf(() => checkCodeTime(INVITATION, at(seconds)))).toBe(refusal)
  })
})

describe('the text of a code', () => {
  const text = formatCode(code)
  const link = formatCodeLink('https://parley.example/app/', code)
  const bare = text.slice('parley:'.length)
  it.each([
    ['with its prefix', text], ['as a link', link], ['bare', bare], ['with words around it', `Come in! ${link} See you`],
    ['with white space around it', `\n  ${text}\t\n`], ['folded by a mail program', `> see:\n${text.slice(0, 70)}\r\n${text.slice(70, 140)}\n  ${text.slice(140)}`],
    ['bare and folded', `${bare.slice(0, 76)}\n${bare.slice(76)}`], ['in a link with a name', `${link}&name=Ben`],
  ])('is found %s', (_, pasted) => {
    expect(parseCodeText(pasted)).toEqual(code)
  })

  it.each(['', 'hello', 'https://parley.example/#/team-standup', 'parley:', `parley:${'A'.repeat(1_400)}`, 'x'.repeat(20_000), '/ip4/1.2.3.4/tcp/1/ws'])('is not found in %j', async (pasted) => {
    expect(await refusalOf(() => parseCodeText(pasted))).toBe('code-malformed')
  })

  it('says that its end is missing, wherever it was cut', async () => {
    for (let length = 60; length < text.length; length += 1) {
      expect(await refusalOf(async () => decodeCode(parseCodeText(text.slice(0, length)), verify)), `${length}`).toBe('code-cut')
    }
  })
})
