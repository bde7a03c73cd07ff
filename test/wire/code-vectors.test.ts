import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codeId, decodeCode, encodeCode, formatCode, parseCodeText } from '../../src/wire/index.ts'
import type { InvitationFields, ReplyFields } from '../../src/wire/index.ts'
import { importSigner, verify } from './code-samples.ts'

interface CodeVector {
  /** PKCS #8. */
  privateKey: string
  text: string
  id: string
  /** With the fingerprint in hexadecimal. */
  fields: InvitationFields | ReplyFields
}

const file = new URL('../fixtures/wire-vectors.json', import.meta.url)
const { codes } = JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) => key === 'fingerprint' ? new Uint8Array(Buffer.from(value as string, 'hex')) : value) as { codes: CodeVector[] }

/** What stands before a raw Ed25519 key in SubjectPublicKeyInfo. https://www.rfc-editor.org/rfc/rfc8410 */
const KEY_HEAD = Buffer.from('302a300506032b6570032100', 'hex')
const SIX_BITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

describe.each(codes)('the code of $fields.name', ({ privateKey, text, id, fields }) => {
  it('is reproduced by src/wire', async () => {
    const signer = await importSigner(Buffer.from(privateKey, 'hex'))
    const code = await encodeCode(fields, signer)
    expect(formatCode(code)).toBe(text)
    expect(await codeId(code)).toBe(id)
    expect(await decodeCode(parseCodeText(text), verify)).toMatchObject(fields)
  })

  it('is read by a second implementation, from the documentation', () => {
    const code = Buffer.from(text.replace('parley:', ''), 'base64url')
    expect(createHash('sha256').update(code).digest().subarray(0, 8).toString('base64url')).toBe(id)
    let at = 0
    const take = (length: number): Buffer => code.subarray(at, at += length)
    const number = (length: number): number => take(length).readUIntBE(0, length)
    const shortText = (lengthBytes: number): string => take(number(lengthBytes)).toString()
    const characters = (): string => {
      const count = number(1)
      const bits = [...take(Math.ceil(count * 6 / 8))].map((byte) => byte.toString(2).padStart(8, '0')).join('')
      return Array.from({ length: count }, (_, index) => SIX_BITS.charAt(Number.parseInt(bits.slice(index * 6, index * 6 + 6), 2))).join('')
    }
    const candidate = (): unknown => {
      const head = number(1)
      const bytes = take((head & 3) === 0 ? 4 : 16)
      const groups = bytes.toString('hex').match(/.{1,4}/g) ?? []
      const [a = '', b = '', c = '', d = '', e = '', ...rest] = groups
      const address = [bytes.join('.'), groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':'), `${a}${b}-${c}-${d}-${e}-${rest.join('')}.local`][head & 3]
      return { type: ['host', 'srflx', 'prflx', 'relay'][head >> 2], address, port: number(2) }
    }
    const kind = ['invitation', 'reply'][number(1) - 0x10]
    expect(number(2)).toBe(code.length)
    const publicKey = take(32)
    const common = { kind, expiresAt: number(4), name: shortText(1) }
    const own = kind === 'invitation'
      ? { topic: shortText(2), secret: take(number(1) * 16).toString('base64url') }
      : { invitation: take(8).toString('base64url') }
    const setup = ['actpass', 'active', 'passive'][number(1)]
    const ice = { setup, ufrag: characters(), pwd: characters(), fingerprint: new Uint8Array(take(32)), candidates: Array.from({ length: number(1) }, candidate) }
    expect({ ...common, ...own, ice }).toEqual(fields)
    const signed = Buffer.concat([Buffer.from('parley/1/code/'), code.subarray(0, at)])
    const key = createPublicKey({ key: Buffer.concat([KEY_HEAD, publicKey]), format: 'der', type: 'spki' })
    expect(verifySignature(null, signed, key, take(64))).toBe(true)
    expect(at).toBe(code.length)
  })
})
