import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { base64url } from 'multiformats/bases/base64'
import { expect, onTestFinished, test } from 'vitest'
import { keyFile } from '../../../relay/node/storage.ts'
import { announceAddresses, listenAddresses } from '../../../relay/webrtc-direct/addresses.ts'
import { loadCertificate } from '../../../relay/webrtc-direct/certificate.ts'
import { HandshakeCap } from '../../../relay/webrtc-direct/handshake-cap.ts'
import { testConfig } from '../clients.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'parley-relay-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('a certificate is made once, and only its owner can read it', async () => {
  const path = folder()
  const made = await loadCertificate(keyFile(path, 'webrtc-direct.pem'))
  expect(await loadCertificate(keyFile(path, 'webrtc-direct.pem'))).toEqual(made)
  expect(statSync(join(path, 'webrtc-direct.pem')).mode & 0o077).toBe(0)
  expect((await loadCertificate(undefined)).certhash).not.toBe(made.certhash)
})

test('it is an X.509 certificate on P-256 that has signed itself, has no end and names nobody', async () => {
  const { pem, certhash } = await loadCertificate(undefined)
  const certificate = new X509Certificate(pem)
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1')
  expect(certificate.subject).toBe('CN=WebRTC')
  expect(certificate.issuer).toBe(certificate.subject)
  expect(certificate.validTo).toContain('9999')
  const digest = createHash('sha256').update(certificate.raw).digest()
  expect(Buffer.from(base64url.decode(certhash))).toEqual(Buffer.concat([Buffer.from([0x12, 32]), digest]))
})

test('what is no certificate with its key is told, not replaced', async () => {
  const path = folder()
  writeFileSync(join(path, 'webrtc-direct.pem'), 'not a certificate')
  await expect(loadCertificate(keyFile(path, 'webrtc-direct.pem'))).rejects.toThrow()
  const [one, other] = [await loadCertificate(undefined), await loadCertificate(undefined)]
  writeFileSync(join(path, 'webrtc-direct.pem'), `${one.privateKey}${other.pem}`)
  await expect(loadCertificate(keyFile(path, 'webrtc-direct.pem'))).rejects.toThrow('not that of the key')
})

test('handshakes of one address, and of all, are bounded, and give their place back', async () => {
  const cap = new HandshakeCap()
  const gates: PromiseWithResolvers<void>[] = []
  let started = 0
  const shake = (host: string): Promise<void> => cap.run(host, () => {
    started++
    const gate = Promise.withResolvers<void>()
    gates.push(gate)
    return gate.promise
  })
  const all = Array.from({ length: 40 }, () => shake('198.51.100.1'))
  expect(started).toBe(32)
  // One subscriber's IPv6 addresses are one.
  all.push(...Array.from({ length: 40 }, (_, index) => shake(`2001:db8::${index + 1}`)))
  expect(started).toBe(64)
  all.push(...Array.from({ length: 400 }, (_, index) => shake(`203.0.113.${index % 200}`)))
  expect(started).toBe(256)
  for (const [index, gate] of gates.entries()) {
    if (index % 2 === 0) gate.resolve()
    else gate.reject(new Error('no answer'))
  }
  await Promise.allSettled(all)
  expect(cap.total).toBe(0)
  const again = shake('198.51.100.1')
  expect(started).toBe(257)
  gates.at(-1)?.resolve()
  await again
})

test('it listens where the relay does', () => {
  expect(listenAddresses('127.0.0.1', 5)).toEqual(['/ip4/127.0.0.1/udp/5/webrtc-direct'])
  expect(listenAddresses('::1', 5)).toEqual(['/ip6/::1/udp/5/webrtc-direct'])
  expect(listenAddresses(undefined, 5)).toContain('/ip4/0.0.0.0/udp/5/webrtc-direct')
  expect(listenAddresses(undefined, 5).at(-1)).toBe('/ip4/0.0.0.0/udp/5/webrtc-direct')
})

test('public addresses of this machine are announced, as far as they are known and nothing else was asked for', () => {
  const { turn } = testConfig()
  const config = { host: undefined, announce: [], turn }
  expect(announceAddresses(config, 5, ['192.168.1.2', '198.18.0.1', '8.8.8.8', '2a00::1'])).toEqual(
    expect.arrayContaining(['/ip4/8.8.8.8/udp/5/webrtc-direct', '/ip6/2a00::1/udp/5/webrtc-direct']))
  expect(announceAddresses(config, 5, ['192.168.1.2', '127.0.0.1'])).toEqual([])
  expect(announceAddresses({ ...config, turn: { ...turn, publicAddresses: ['8.8.4.4'] } }, 5, [])).toEqual(['/ip4/8.8.4.4/udp/5/webrtc-direct'])
  expect(announceAddresses({ ...config, host: '127.0.0.1' }, 5, ['8.8.8.8'])).toEqual([])
  expect(announceAddresses({ ...config, announce: ['/ip4/8.8.8.8/udp/9/webrtc-direct'] }, 5, ['8.8.8.8'])).toEqual([])
})
