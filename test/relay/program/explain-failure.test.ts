import { expect, test } from 'vitest'
import { defaultConfig } from '../../../relay/config/defaults.ts'
import type { RelayConfig } from '../../../relay/config/types.ts'
import { explainFailure } from '../../../relay/program/explain-failure.ts'

const base = defaultConfig()
const CONFIG: RelayConfig = {
  ...base, data: './data/relay', tcpPort: 9, tls: { kind: 'files', cert: 'c.pem', key: 'k.pem' },
  turn: { ...base.turn, port: 3478 }, webrtcDirect: { enabled: true, port: 7 }, metrics: { kind: 'listen', host: '127.0.0.1', port: 9464 }
}

test.each<[object, RegExp]>([
  [{ code: 'EADDRINUSE', port: 8080 }, /Port 8080 .* --port 8081\.$/],
  [{ code: 'EADDRINUSE' }, /Port 8080 .* --port 8081\.$/],
  [{ code: 'EADDRINUSE', port: 9 }, /Port 9 .* --tcp-port 8080\.$/],
  [{ code: 'EADDRINUSE', port: 3478 }, /Port 3478 .* --turn-port 3479\.$/],
  [{ code: 'EADDRINUSE', port: 7 }, /Port 7 .* --webrtc-direct-port 8080\.$/],
  [{ code: 'EADDRINUSE', port: 9464 }, /Port 9464 .* --metrics 127\.0\.0\.1:9465\.$/],
  [{ code: 'EACCES', syscall: 'listen', port: 80 }, /port 80: .* from 1024 up, such as --port 8080\.$/],
  [{ code: 'EACCES', syscall: 'mkdir', path: '/srv/parley/relay' }, /use \/srv\/parley\/relay: .* with --data\.$/],
  [{ code: 'EACCES', syscall: 'open', path: 'k.pem' }, /use k\.pem, which --tls-key names: .*\.$/],
  [{ code: 'ENOENT', path: 'c.pem' }, /^There is no c\.pem, which --tls-cert names\.$/],
  [{ code: 'EADDRNOTAVAIL' }, /--host/],
  [{ message: 'IO error: lock data/records/LOCK' }, /in use by another relay: .* --data\.$/],
  [{ message: 'something\n  else.' }, /^The relay could not start: something else\.$/]
])('%j is explained in one sentence', (properties, expected) => {
  const sentence = explainFailure(Object.assign(new Error('refused'), properties), CONFIG)
  expect(sentence).toMatch(expected)
  expect(sentence).toMatch(/^[^\n]+[^.]\.$/)
})
