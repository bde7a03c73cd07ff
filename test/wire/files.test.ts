/** The files channel's messages, and the names of strangers' files. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeControlMessage, decodeFileMessage, encodeFileData, encodeFileMessage, MAX_ASK_BYTES, MAX_FILE_BYTES, MAX_FILE_MESSAGE_BYTES,
  MAX_FILE_NAME_CODE_POINTS, MAX_FILE_TEXT_BYTES, parseFileName, parseFileType, Refusal,
} from '../../src/wire/index.ts'
import { MAX_DATA_BYTES } from '../../src/wire/codec-file.ts'
import { codePoints } from '../../src/wire/printable.ts'
import { hostileBytes, hostileText } from './hostile.ts'
import { FILE_TEXTS, LINE, refusalOf } from './samples.ts'

const decode = (value: unknown): unknown => decodeFileMessage(JSON.stringify(value))
const ASK = { kind: 'ask', file: 'a', ask: 1, at: 0, bytes: 1 }

describe('the files channel', () => {
  it.each(FILE_TEXTS)('says $kind', (message) => {
    expect(decodeFileMessage(encodeFileMessage(message))).toEqual(message)
  })

  it('carries bytes without copying them on arrival', () => {
    const { buffer } = encodeFileData(2 ** 32 - 1, Uint8Array.of(7, 8, 9))
    const message = decodeFileMessage(buffer)
    expect(message).toEqual({ kind: 'data', ask: 2 ** 32 - 1, bytes: Uint8Array.of(7, 8, 9) })
    expect(message.kind === 'data' && message.bytes.buffer).toBe(buffer)
  })

  it('takes messages up to its limits and no further', async () => {
    const full = encodeFileData(1, new Uint8Array(MAX_DATA_BYTES)).buffer
    expect(full.byteLength).toBe(MAX_FILE_MESSAGE_BYTES)
    expect(decodeFileMessage(full).kind).toBe('data')
    expect(await refusalOf(() => decodeFileMessage(new ArrayBuffer(MAX_FILE_MESSAGE_BYTES + 1)))).toBe('too-large')
    expect(await refusalOf(() => decodeFileMessage('x'.repeat(MAX_FILE_TEXT_BYTES + 1)))).toBe('too-large')
    for (const [field, limit] of [['bytes', MAX_ASK_BYTES], ['at', MAX_FILE_BYTES], ['ask', 2 ** 32 - 1]] as const) {
      expect(await refusalOf(() => decode({ ...ASK, [field]: limit }))).toBe(null)
      expect(await refusalOf(() => decode({ ...ASK, [field]: limit + 1 }))).toBe('malformed')
    }
  })

  it.each<[string, unknown]>([
    ['no bytes', new ArrayBuffer(4)], ['nothing', new ArrayBuffer(0)], ['a blob', {}], ['null', null],
    ['an ask for nothing', JSON.stringify({ ...ASK, bytes: 0 })], ['an ask before the beginning', JSON.stringify({ ...ASK, at: -1 })],
    ['half a sum', JSON.stringify({ kind: 'sum', file: 'a', sum: '00' })], ['data as text', JSON.stringify({ kind: 'data', ask: 1, bytes: 'x' })],
  ])('refuses %s', async (_what, data) => {
    expect(await refusalOf(() => decodeFileMessage(data))).toBe('malformed')
  })

  it('throws nothing but refusals, and accepts again what it has accepted', () => {
    let count = 0
    fc.assert(fc.property(hostileBytes(FILE_TEXTS), (bytes) => {
      try {
        const message = decodeFileMessage(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
        if (message.kind === 'data') throw new Error('text became data')
        expect(decodeFileMessage(encodeFileMessage(message))).toEqual(message)
        count += 1
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal)
      }
    }), { numRuns: 3_000, seed: 5 })
    expect(count).toBeGreaterThan(200)
  })
})

describe('a line that offers a file', () => {
  const offered = (file: unknown): unknown => {
    const message = decodeControlMessage(JSON.stringify({ kind: 'chat', line: { ...LINE, file } }))
    return message.kind === 'chat' && message.line.file
  }

  it('names it cleanly', () => {
    expect(offered({ name: '../a\u202Egpj.exe', size: 3, type: 'Image/PNG; x=1' })).toEqual({ name: '_agpj.exe', size: 3, type: 'image/png' })
  })

  it('offers none where a client knows of no files', () => {
    expect(offered(undefined)).toBe(null)
  })

  it.each([-1, 0.5, MAX_FILE_BYTES + 1, '3', null])('is refused with a size of %s', async (size) => {
    expect(await refusalOf(() => offered({ name: 'a', size, type: '' }))).toBe('malformed')
  })
})

describe('a file name', () => {
  it.each([
    ['report.pdf', 'report.pdf'], ['', 'file'], ['...', 'file'], ['.bashrc', 'bashrc'], ['/etc/passwd', '_etc_passwd'],
    ['..\\..\\boot.ini', '_.._boot.ini'], ['C:evil', 'C_evil'], ['CON', '_CON'], ['nul.txt', '_nul.txt'], ['nul .txt', '_nul .txt'], ['com1.tar.gz', '_com1.tar.gz'],
    ['console.log', 'console.log'], ['invoice\u202Efdp.exe', 'invoicefdp.exe'], ['a\u200bb\u0000c\nd', 'abc d'], ['a.txt. .', 'a.txt'],
    ['Ünïcödé 日本語.txt', 'Ünïcödé 日本語.txt'.normalize('NFC')], ['what?*<>|".txt', 'what______.txt'], ['\u2215etc\uFF0Fpasswd', '_etc_passwd'],
  ])('%j is shown and saved as %j', (text, name) => {
    expect(parseFileName(text)).toBe(name)
  })

  it('keeps its ending when it is cut', () => {
    expect(parseFileName(`${'é'.repeat(500)}.tar`)).toBe(`${'é'.repeat(MAX_FILE_NAME_CODE_POINTS - 4)}.tar`)
    expect(parseFileName(`a.${'b'.repeat(500)}`)).toBe(`a.${'b'.repeat(MAX_FILE_NAME_CODE_POINTS - 2)}`)
  })

  it('never names a folder, never is empty or long, and stays as it is', () => {
    const parts = fc.constantFrom('con', '.', '..', '/', '\\', ':', ' ', '\u202E', 'a', '.exe', '🏴', '\u200D', 'lpt9', '\uFE0F')
    fc.assert(fc.property(fc.oneof(hostileText, fc.array(parts, { maxLength: 12 }).map((all) => all.join(''))), (text) => {
      const name = parseFileName(text)
      expect(parseFileName(name)).toBe(name)
      expect(name).toMatch(/^[^./\\: ][^/\\:*?"<>|]*$/u)
      expect(codePoints(name)).toBeLessThanOrEqual(MAX_FILE_NAME_CODE_POINTS)
    }), { numRuns: 10_000, seed: 5 })
  })
})

describe('a media type', () => {
  it.each([
    ['text/plain;charset=utf-8', 'text/plain'], ['IMAGE/SVG+XML', 'image/svg+xml'], ['', ''], ['image', ''], ['a/b/c', ''], ['text/ht ml', ''], ['a/"', ''],
  ])('%j is taken as %j', (text, type) => {
    expect(parseFileType(text)).toBe(type)
  })
})
