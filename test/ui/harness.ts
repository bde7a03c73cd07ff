/** The page that the interface's tests drive: <parley-app> on a fake Parley. */
import '../../src/ui/app.ts'
import { speak } from '../../src/ui/language.ts'
import '../../src/ui/later.ts'
import type { FileState, ParticipantState } from '../../src/room/views.ts'
import { fakeCall, fakeParley, fakeParticipant, type Calls } from './fake-parley.ts'
import { pictureStream, toneStream } from './fake-streams.ts'

const calls: Calls = []
const violations: string[] = []
document.addEventListener('securitypolicyviolation', (event) => violations.push(`${event.violatedDirective} ${event.blockedURI}`))

const fake = fakeParley(calls)
const call = fakeCall(calls)
const people = new Map<string, ReturnType<typeof fakeParticipant>>()

const harness = {
  calls, violations, fake, call, people, pictureStream, toneStream, speak,
  /** What main.ts does when the code for calls has loaded. */
  load: () => { fake.call.value = call.views },
  arrive(peer: string, state: Partial<ParticipantState> = {}) {
    const participant = fakeParticipant(peer, calls, state)
    people.set(peer, participant)
    call.participants.value = [...call.participants.value, participant]
  },
  depart(peer: string) {
    call.participants.value = call.participants.value.filter((participant) => participant.peer !== peer)
  },
  change(peer: string, state: Partial<ParticipantState>) {
    const participant = people.get(peer)
    if (participant !== undefined) participant.state.value = { ...participant.state.value, ...state }
  },
  hear(author: string, text: string) {
    const line = { id: `${author}-${call.chat.value.length}`, author, name: author, at: Date.now(), text, file: null } as (typeof call.chat.value)[number]
    call.chat.value = [...call.chat.value, line]
  },
  /** Somebody, or we, offer a file; returns the id of its line. */
  offer(author: string, name: string, size: number, at = Date.now()): string {
    const id = `${author}-${call.chat.value.length}`
    const line = { id, author, name: author, at, text: name, file: { name, size, type: '' } } as (typeof call.chat.value)[number]
    call.chat.value = [...call.chat.value, line]
    return id
  },
  /** What becomes of a file. */
  file: (id: string, state: FileState) => { call.files.state(id).value = state },
}

export type Harness = typeof harness
Object.assign(window, { harness })
for (const app of document.querySelectorAll('parley-app')) app.parley = fake.parley
