import { beforeEach, describe, expect, it } from 'vitest'
import { DeliveryLedger } from '../../../bench/soak/delivery.ts'

const SETTLE_MS = 100
const LIMIT_MS = 1_000

describe('the ledger of deliveries', () => {
  let ledger: DeliveryLedger

  beforeEach(() => {
    ledger = new DeliveryLedger({ settleMs: SETTLE_MS, limitMs: LIMIT_MS })
    ledger.enter('room', 'ann', 0)
    ledger.enter('room', 'bob', 0)
  })

  const helloAfter = (nowMs: number) => ledger.settle(nowMs).get('hello')

  it('expects everybody else in the room to hear', () => {
    ledger.enter('room', 'cai', 0)
    ledger.enter('elsewhere', 'dan', 0)
    ledger.hear(ledger.send('hello', 'room', 'ann', SETTLE_MS), 'bob')
    expect(helloAfter(SETTLE_MS + LIMIT_MS)).toEqual({ expected: 2, delivered: 1 })
  })

  it('leaves an account open until its limit', () => {
    ledger.send('hello', 'room', 'ann', SETTLE_MS)
    expect(helloAfter(SETTLE_MS + LIMIT_MS - 1)).toBeUndefined()
    expect(helloAfter(SETTLE_MS + LIMIT_MS)).toEqual({ expected: 1, delivered: 0 })
  })

  it('does not count what arrives after the limit', () => {
    const number = ledger.send('hello', 'room', 'ann', SETTLE_MS)
    ledger.settle(SETTLE_MS + LIMIT_MS)
    ledger.hear(number, 'bob')
    expect(helloAfter(SETTLE_MS + LIMIT_MS)).toEqual({ expected: 1, delivered: 0 })
  })

  it('counts a message once, however often it arrives', () => {
    const number = ledger.send('hello', 'room', 'ann', SETTLE_MS)
    ledger.hear(number, 'bob')
    ledger.hear(number, 'bob')
    expect(helloAfter(SETTLE_MS + LIMIT_MS)).toEqual({ expected: 1, delivered: 1 })
  })

  it('expects nothing of who has only just come in', () => {
    ledger.enter('room', 'cai', 1)
    const number = ledger.send('hello', 'room', 'ann', SETTLE_MS)
    ledger.hear(number, 'cai')
    expect(helloAfter(SETTLE_MS + LIMIT_MS)).toEqual({ expected: 1, delivered: 0 })
  })

  it('expects nothing of who leaves before it has arrived, and keeps what had arrived', () => {
    const missed = ledger.send('hello', 'room', 'ann', SETTLE_MS)
    const heard = ledger.send('hello', 'room', 'ann', SETTLE_MS)
    ledger.hear(heard, 'bob')
    ledger.leave('room', 'bob')
    ledger.hear(missed, 'bob')
    expect(helloAfter(SETTLE_MS + LIMIT_MS)).toEqual({ expected: 1, delivered: 1 })
  })

  it('keeps kinds of messages apart', () => {
    ledger.send('hello', 'room', 'ann', SETTLE_MS)
    ledger.hear(ledger.send('offer', 'room', 'bob', SETTLE_MS), 'ann')
    const tallies = ledger.settle(SETTLE_MS + LIMIT_MS)
    expect(Object.fromEntries(tallies)).toEqual({ hello: { expected: 1, delivered: 0 }, offer: { expected: 1, delivered: 1 } })
  })
})
