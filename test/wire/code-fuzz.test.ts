/** Nothing but a Refusal leaves the reading of codes, and what is read can be written again. 24,000 hostile inputs. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeCode, encodeCode, parseCodeText, Refusal } from '../../src/wire/index.ts'
import type { Code, CodeSigner } from '../../src/wire/index.ts'
import { INVITATION, REPLY } from './code-samples.ts'
import { hostileText } from './hostile.ts'

Error.stackTraceLimit = 1

const SEED = 20_261_122
const TIMEOUT_MS = 120_000

/** Anybody can sign what they like: the shape has to hold behind a good signature as well. */
const insider: CodeSigner = { publicKey: new Uint8Array(32).fill(7), sign: async () => new Uint8Array(64) }

async function accepted<T>(read: () => T): Promise<Awaited<T> | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

it('codes whose signature holds', { timeout: TIMEOUT_MS }, async () => {
  const codes = await Promise.all([INVITATION, REPLY, { ...INVITATION, secret: '' }].map((fields) => encodeCode(fields, insider)))
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 })
  const flipped = fc.tuple(fc.constantFrom(...codes), changes).map(([code, list]) => {
    const bytes = code.slice()
    for (const [at, byte] of list) bytes[at % bytes.length] = byte
    return bytes
  })
  const resized = fc.tuple(flipped, fc.nat(400)).map(([code, length]) => {
    const bytes = Uint8Array.from({ length: Math.max(3, length) }, (_, at) => code[at] ?? at)
    bytes.set([bytes.length >> 8, bytes.length & 255], 1)
    return bytes
  })
  const inputs = fc.oneof({ weight: 6, arbitrary: flipped }, { weight: 2, arbitrary: resized }, fc.uint8Array({ maxLength: 1_100 }))
  let count = 0
  await fc.assert(fc.asyncProperty(inputs, async (input) => {
    const code = await accepted(() => decodeCode(new Uint8Array(input), async () => true))
    if (code === null) return
    count += 1
    const { from: _, ...fields } = code
    const again: Code = await decodeCode(await encodeCode(fields, insider), async () => true)
    expect({ ...again, from: code.from }).toEqual(code)
  }), { numRuns: 12_000, seed: SEED })
  expect(count).toBeGreaterThan(1_000)
})

it('pasted text', { timeout: TIMEOUT_MS }, async () => {
  const part = fc.oneof(hostileText, fc.constantFrom('parley:', '#/?code=', '&code=', '\n', ' ', 'A'.repeat(76), 'AQ', '_-'), fc.stringMatching(/^[\w-]{40,90}$/))
  let count = 0
  await fc.assert(fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
    if (await accepted(() => parseCodeText(parts.join(''))) !== null) count += 1
  }), { numRuns: 12_000, seed: SEED })
  expect(count).toBeGreaterThan(500)
})
