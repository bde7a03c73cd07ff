import { describe, expect, test } from 'vitest'
import { answered, begun, ended, heardAnswer, heardRecording, kept, MAX_QUESTIONS, NOBODY_RECORDS, REFUSAL_HOLDS_MS, wordsFor, type Consent } from '../../../src/room/recording/consent.ts'
import type { SessionId } from '../../../src/wire/index.ts'
import { peerKey } from '../../fakes/fake-network.ts'

const ada = { peer: peerKey('ada'), session: 'one' as SessionId }
const bob = { peer: peerKey('bob'), session: 'two' as SessionId }
const MINUTE = 60_000

const answerTo = ({ others }: Consent): string | undefined => others.get(ada.peer)?.answer
const answerOf = ({ own }: Consent): string | undefined => own?.answers.get(ada.peer)?.answer
const asks = (state: Consent, id: string, nowMs = 0): Consent => heardRecording(state, ada, id, true, nowMs)

describe('our recording', () => {
  const recording = begun(NOBODY_RECORDS, 'take', 0)

  test('holds nobody who has not answered, and whoever does as they say', () => {
    expect(answerOf(recording)).toBe(undefined)
    expect(answerOf(heardAnswer(recording, ada, 'take', true))).toBe('allowed')
    expect(answerOf(heardAnswer(heardAnswer(recording, ada, 'take', true), ada, 'take', false))).toBe('refused')
  })

  test('takes no answer to another one, nor to none', () => {
    for (const state of [recording, NOBODY_RECORDS, ended(recording)]) expect(heardAnswer(state, ada, 'other', true)).toBe(state)
    expect(heardAnswer(ended(recording), ada, 'take', true)).toEqual(ended(recording))
  })

  test('asks everybody anew each time', () => {
    expect(answerOf(begun(heardAnswer(recording, ada, 'take', true), 'second', 0))).toBe(undefined)
  })

  test('asks whoever comes back with another session', () => {
    const allowed = heardAnswer(heardAnswer(recording, ada, 'take', true), bob, 'take', true)
    const later = kept(allowed, (peer) => peer === ada.peer ? 'newer' as SessionId : bob.session)
    expect([...later.own?.answers.keys() ?? []]).toEqual([bob.peer])
    expect(kept(later, () => bob.session)).toBe(later)
  })

  test('is told to whoever comes, and so is its end', () => {
    expect(wordsFor(NOBODY_RECORDS, ada.peer)).toEqual([])
    expect(wordsFor(recording, ada.peer)).toEqual([{ kind: 'recording', id: 'take', on: true }])
    expect(wordsFor(ended(recording), ada.peer)).toEqual([{ kind: 'recording', id: 'take', on: false }])
  })
})

describe("somebody else's recording", () => {
  test('is shown while it lasts, and asks once however often it is told', () => {
    const asked = asks(NOBODY_RECORDS, 'take')
    expect(answerTo(asked)).toBe('waiting')
    const refused = answered(asked, ada.peer, 'take', false, 0)
    expect(asks(refused, 'take')).toBe(refused)
    expect(heardRecording(refused, ada, 'take', false, 0).others.size).toBe(0)
    expect(kept(refused, () => undefined).others.size).toBe(0)
  })

  test('is answered, and again to a link that has come back', () => {
    const allowed = answered(asks(NOBODY_RECORDS, 'take'), ada.peer, 'take', true, 0)
    expect(wordsFor(allowed, ada.peer)).toEqual([{ kind: 'recording-answer', id: 'take', allow: true }])
    expect(wordsFor(allowed, bob.peer)).toEqual([])
    expect(wordsFor(asks(NOBODY_RECORDS, 'take'), ada.peer)).toEqual([])
  })

  test('gets no answer that was meant for an earlier one', () => {
    const second = asks(asks(NOBODY_RECORDS, 'take'), 'second')
    expect(answerTo(answered(second, ada.peer, 'take', true, 0))).toBe('waiting')
  })

  test('is refused without a question for a while after a no, also with another session', () => {
    const refused = answered(asks(NOBODY_RECORDS, 'take'), ada.peer, 'take', false, 0)
    const gone = kept(refused, () => undefined)
    expect(answerTo(asks(gone, 'again', REFUSAL_HOLDS_MS - 1))).toBe('refused')
    expect(answerTo(heardRecording(gone, { ...ada, session: 'newer' as SessionId }, 'again', true, REFUSAL_HOLDS_MS - 1))).toBe('refused')
    expect(answerTo(asks(gone, 'again', REFUSAL_HOLDS_MS))).toBe('waiting')
    // Who has changed its mind may be asked.
    expect(answerTo(asks(answered(refused, ada.peer, 'take', true, 0), 'again', 1))).toBe('waiting')
  })

  test('is refused without a question when there were too many', () => {
    let state: Consent = NOBODY_RECORDS
    for (let count = 0; count < MAX_QUESTIONS; count += 1) {
      state = asks(state, `take-${count}`, count)
      expect(answerTo(state)).toBe('waiting')
    }
    expect(answerTo(asks(state, 'one more', MINUTE))).toBe('refused')
    expect(answerTo(asks(state, 'much later', 11 * MINUTE))).toBe('waiting')
    expect(heardRecording(asks(state, 'one more', MINUTE), bob, 'bobs', true, MINUTE).others.get(bob.peer)?.answer).toBe('waiting')
  })

  test('of a hundred peers leaves no growing memory', () => {
    let state: Consent = NOBODY_RECORDS
    for (let count = 0; count < 100; count += 1) state = heardRecording(state, { ...ada, peer: peerKey(`peer${'abcdefghjk'[count % 10]}${'abcdefghjk'[Math.floor(count / 10)]}`) }, 'take', true, 0)
    expect(state.manners.size).toBe(64)
  })
})
