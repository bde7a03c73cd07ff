/** Fourth part of the composition root: recording, loaded when somebody asks for it. */
import type { CapturedMedia } from './media/index.ts'
import { createRecorder } from './media/recording/recorder.ts'
import type { RecordedPerson, RecorderView } from './media/recording/types.ts'
import type { ParticipantView, RoomView, SettingsView } from './room/views.ts'
import { displayName, hueOf, initials } from './ui/people.ts'
import type { Lifetime } from './util/abort.ts'
import { computed, effect, signal, type ReadonlySignal } from './util/signals.ts'

export interface RecordParts extends Lifetime {
  room: RoomView
  local: CapturedMedia
  settings: SettingsView
}

/** Streams exchange their tracks without a word when a connection is rebuilt, so they are looked at so often, milliseconds. */
const LOOK_MS = 1_000

/** Makes the recorder of this page. */
export function createPageRecorder({ room, local, settings, signal: lifetime }: RecordParts): RecorderView {
  const { recording } = room
  const people = peopleOf({ room, local, settings })
  let topic = ''
  effect(() => {
    const state = room.state.value
    if (state.phase === 'joined') topic = state.topic
  })
  return createRecorder({ said: recording, people, topic: () => topic, signal: lifetime })
}

/** Ourselves, and everybody else: with what they send where they have allowed it, with no more than the name where not. */
function peopleOf({ room, local, settings }: Pick<RecordParts, 'room' | 'local' | 'settings'>): ReadonlySignal<readonly RecordedPerson[]> {
  const looks = signal(0)
  let timer: ReturnType<typeof setInterval> | undefined
  effect(() => {
    clearInterval(timer)
    if (room.recording.own.value !== null) timer = setInterval(() => { looks.value += 1 }, LOOK_MS)
  })
  return computed(() => {
    void looks.value
    const { tracks } = local
    const own: RecordedPerson = {
      ...cardOf(room.self, settings.name.value), microphone: tracks.microphone.value, camera: tracks.camera.value,
      screen: tracks.screen.value, screenAudio: tracks.screenAudio.value,
    }
    const answers = room.recording.own.value?.answers
    return [own, ...room.participants.value.map((participant) => personOf(participant, answers?.get(participant.peer) === 'allowed'))]
  })
}

function personOf({ peer, state }: ParticipantView, isAllowed: boolean): RecordedPerson {
  const { name, media, cameraHeld, connection, audio, camera, screen } = state.value
  const isHere = isAllowed && connection === 'connected'
  const showsCamera = isHere && media.camera && !cameraHeld
  const showsScreen = isHere && media.screen
  return {
    ...cardOf(peer, name),
    microphone: isHere && media.microphone ? audio?.getAudioTracks()[0] ?? null : null,
    camera: showsCamera ? camera?.getVideoTracks()[0] ?? null : null,
    screen: showsScreen ? screen?.getVideoTracks()[0] ?? null : null,
    screenAudio: showsScreen ? screen?.getAudioTracks()[0] ?? null : null,
  }
}

function cardOf(peer: string, name: string): Pick<RecordedPerson, 'key' | 'name' | 'initials' | 'hue'> {
  return { key: peer, name: displayName(name), initials: initials(name), hue: hueOf(peer) }
}
