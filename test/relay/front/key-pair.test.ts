import { rmSync, writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { readKeyPair } from '../../../relay/front/key-pair.ts'
import type { KeyPair } from '../../../relay/front/key-pair.ts'
import { watchKeyPair } from '../../../relay/front/key-pair-watch.ts'
import { until } from '../clients.ts'
import { fingerprintOf, keyPairFiles, newKeyPair } from './key-pairs.ts'

test('a certificate and its key are read', async () => {
  const pair = newKeyPair()
  expect(fingerprintOf(await readKeyPair(keyPairFiles(pair)))).toBe(fingerprintOf(pair))
})

test.each([
  ['is not there', (files: ReturnType<typeof keyPairFiles>) => rmSync(files.cert), /fullchain\.pem does not exist/],
  ['is a folder', (files: ReturnType<typeof keyPairFiles>) => { files.cert = files.cert.replace(/[^/]+$/, '') }, /cannot be read \(EISDIR\)/],
  ['is no certificate', (files: ReturnType<typeof keyPairFiles>) => writeFileSync(files.cert, 'hello'), /fullchain\.pem holds no certificate as PEM/],
  ['is no key', (files: ReturnType<typeof keyPairFiles>) => writeFileSync(files.key, 'hello'), /privkey\.pem holds no private key/],
  ['is the key of another', (files: ReturnType<typeof keyPairFiles>) => files.write({ key: newKeyPair().key }), /do not belong together/]
])('a file that %s is refused with one sentence', async (_title, spoil, sentence) => {
  const files = keyPairFiles()
  spoil(files)
  const error: unknown = await readKeyPair(files).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'config-invalid', message: expect.stringMatching(sentence) as string })
  expect((error as Error).message).not.toContain('\n')
})

function watched(lookEveryMs: number) {
  const files = keyPairFiles()
  const lifetime = new AbortController()
  onTestFinished(() => lifetime.abort())
  const changes: KeyPair[] = []
  const problems: string[] = []
  watchKeyPair({ files, onChange: (pair) => changes.push(pair), onProblem: (reason) => problems.push(reason), lookEveryMs, signal: lifetime.signal })
  return { files, changes, problems }
}

test('a renewed certificate is used once both files are there, and the wait for the second is told once', async () => {
  const { files, changes, problems } = watched(10)
  const renewed = newKeyPair()
  await until(() => { files.write({ cert: renewed.cert }); expect(problems.length).toBeGreaterThan(0) })
  expect(changes).toEqual([])
  files.write({ key: renewed.key })
  await until(() => expect(changes.map(fingerprintOf)).toEqual([fingerprintOf(renewed)]))
  expect(problems).toHaveLength(1)
})

test('SIGHUP has the files read at once', async () => {
  const { changes } = watched(3_600_000)
  await until(() => {
    process.emit('SIGHUP')
    expect(changes.length).toBeGreaterThan(0)
  })
})
