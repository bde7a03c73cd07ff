import { describe, expect, test } from 'vitest'
import { ChannelPort } from '../../../src/media/link/file-port.ts'

/** What a port uses of a data channel. */
class FakeChannel extends EventTarget {
  readyState = 'connecting'
  bufferedAmount = 0
  bufferedAmountLowThreshold = 0
  binaryType = 'blob'
  readonly sent: unknown[] = []
  isFull = false

  send(data: unknown): void {
    if (this.isFull) throw new DOMException('full', 'OperationError')
    this.sent.push(data)
  }

  open(): void {
    this.readyState = 'open'
    this.dispatchEvent(new Event('open'))
  }

  say(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

function make(): { channel: FakeChannel, port: ChannelPort, connection: AbortController, heard: unknown[] } {
  const channel = new FakeChannel()
  const connection = new AbortController()
  const port = new ChannelPort(channel as unknown as RTCDataChannel, connection)
  const heard: unknown[] = []
  port.listen((data) => heard.push(data))
  return { channel, port, connection, heard }
}

describe('a port for files', () => {
  test('sends and hears once its channel is open', () => {
    const { channel, port, heard } = make()
    expect(port.send('early')).toBe(false)
    channel.open()
    expect(port.isOpen.value).toBe(true)
    expect([port.send('text'), port.send(Uint8Array.of(1))]).toEqual([true, true])
    channel.say('answer')
    expect(heard).toEqual(['answer'])
    expect(channel.binaryType).toBe('arraybuffer')
  })

  test('says so when its channel takes no more, or has just closed', () => {
    const { channel, port } = make()
    channel.open()
    channel.isFull = true
    expect(port.send('text')).toBe(false)
    channel.isFull = false
    channel.readyState = 'closing'
    expect(port.send('text')).toBe(false)
    expect(channel.sent).toEqual([])
  })

  test.each<[string, (parts: ReturnType<typeof make>, waiting: AbortController) => void]>([
    ['when little waits', ({ channel }) => channel.dispatchEvent(new Event('bufferedamountlow'))],
    ['when its channel closes', ({ channel }) => channel.dispatchEvent(new Event('close'))],
    ['when its connection ends', ({ connection }) => connection.abort()],
    ['when nobody waits any more', (_parts, waiting) => waiting.abort()],
  ])('is waited for until it has drained: %s', async (_when, end) => {
    const parts = make()
    parts.channel.open()
    parts.channel.bufferedAmount = 1_000_000
    const waiting = new AbortController()
    let drained = false
    const done = parts.port.drained(waiting.signal).then(() => { drained = true })
    await new Promise((resolve) => { setImmediate(resolve) })
    expect(drained).toBe(false)
    end(parts, waiting)
    await done
  })

  test('is not waited for when little waits', async () => {
    const { channel, port } = make()
    channel.open()
    await port.drained(new AbortController().signal)
    expect(channel.bufferedAmountLowThreshold).toBeGreaterThan(0)
  })

  test.each<[string, (parts: ReturnType<typeof make>) => void]>([
    ['is shut', ({ port }) => port.shut()],
    ['loses its channel', ({ channel }) => channel.dispatchEvent(new Event('close'))],
    ['loses its connection', ({ connection }) => connection.abort()],
  ])('neither says nor hears anything once it %s', (_how, end) => {
    const parts = make()
    parts.channel.open()
    end(parts)
    parts.channel.say('more')
    expect(parts.port.isOpen.value).toBe(false)
    expect(parts.port.send('text')).toBe(false)
    expect(parts.heard).toEqual([])
  })
})
