import { expect, test } from 'vitest'
import { ProviderRecords } from '../../../relay/limits/provider-records.ts'

const LIMITS = { total: 100, perKey: 20, perKeyAndBlock: 12, perBlock: 60 }

function table() {
  const records = new ProviderRecords(LIMITS, 'self')
  let time = 0
  return {
    records,
    put: (key: string, provider: string, block: string, perProvider = 10) => (
      records.put({ key, provider, block, time: time++, value: new Uint8Array() }, perProvider)),
    providers: (key: string) => records.of(key).map(({ provider }) => provider)
  }
}

test('a provider keeps its newest records', () => {
  const { records, put, providers } = table()
  for (let key = 0; key < 12; key++) put(`key ${key}`, 'a', 'one')
  expect(records.size).toBe(10)
  expect(providers('key 1')).toEqual([])
  expect(providers('key 2')).toEqual(['a'])
  expect(providers('key 11')).toEqual(['a'])
})

test('the newest is told first, and filing again makes a record new', () => {
  const { put, providers } = table()
  for (const provider of ['a', 'b', 'c', 'a']) put('key', provider, provider)
  expect(providers('key')).toEqual(['a', 'c', 'b'])
})

test('ghosts of one block take its places at a key and no more', () => {
  const { put, providers } = table()
  put('key', 'honest', 'home')
  for (let ghost = 0; ghost < 1_000; ghost++) put('key', `ghost ${ghost}`, 'one')
  expect(providers('key')).toHaveLength(13)
  expect(providers('key')).toContain('honest')
  expect(providers('key')[0]).toBe('ghost 999')
})

test('ghosts of a few blocks do not drive out who is alone on an address', () => {
  const { put, providers } = table()
  put('key', 'honest', 'home')
  for (let ghost = 0; ghost < 1_000; ghost++) put('key', `ghost ${ghost}`, `block ${ghost % 5}`)
  expect(providers('key')).toHaveLength(20)
  expect(providers('key')).toContain('honest')
})

test('who files again is found again, whatever the ghosts do', () => {
  const { put, providers } = table()
  for (let ghost = 0; ghost < 100; ghost++) put('key', `ghost ${ghost}`, `block ${ghost}`)
  put('key', 'honest', 'home')
  expect(providers('key')[0]).toBe('honest')
  expect(providers('key')).toHaveLength(20)
})

test('a block has its share of the table, and a full table takes from the block that has most', () => {
  const { records, put, providers } = table()
  put('rare', 'honest', 'home')
  for (let key = 0; key < 80; key++) put(`a ${key}`, `ghost ${key}`, 'one')
  expect(records.size).toBe(61)
  for (let key = 0; key < 80; key++) put(`b ${key}`, `phantom ${key}`, 'two')
  expect(records.size).toBe(100)
  expect(providers('rare')).toEqual(['honest'])
})

test('the records of the relay itself stay', () => {
  const { records, put, providers } = table()
  for (let key = 0; key < 30; key++) put(`key ${key}`, 'self', 'here')
  for (let ghost = 0; ghost < 200; ghost++) put('key 0', `ghost ${ghost}`, `block ${ghost}`)
  expect(providers('key 0')).toHaveLength(20)
  for (let key = 0; key < 200; key++) put(`other ${key}`, `ghost ${key}`, `block ${key}`)
  expect(records.size).toBe(100)
  for (let key = 0; key < 30; key++) expect(providers(`key ${key}`)).toContain('self')
})

test('nothing is left of records that were taken out', () => {
  const { records, put } = table()
  for (let key = 0; key < 10; key++) put(`key ${key}`, 'a', 'one')
  for (let key = 0; key < 10; key++) records.delete(`key ${key}`, 'a')
  expect(records.size).toBe(0)
  expect([...records.all()]).toEqual([])
})
