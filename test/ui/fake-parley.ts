/** A Parley without network and without devices: signals that a test sets, and a record of what the interface asked for. */
import type {
  CallSummary, CallViews, CaptureState, ChatLine, CodesView, CheckLine, Device, ErrorCode, ExaminationView, Finding, HandedCode, IncomingRing, LinkQuality, LinkRequest, LocalMedia, MediaState, Parley,
  OthersRecording, Outage, OwnRecording, ParticipantState, ParticipantView, PeerKey, PersonStatistics, ReactionShown, ScreenPurpose, RecentRoom, RecentView, RoomState, StoredRecording, Sighting, StageChoice, TransportPolicy, Uplink,
} from '../../src/room/views.ts'
import { computed, signal, type Signal } from '../../src/util/signals.ts'
import { fakeEffects, type FakeEffects } from './fake-effects.ts'
import { fakeFiles } from './fake-files.ts'
import { fakeRecorder, fakeRecordings } from './fake-recorder.ts'
import { pictureStream } from './fake-streams.ts'

/** What a test lets an examination find. */
interface FakeExamination extends ExaminationView {
  lines: Signal<readonly CheckLine[]>
  findings: Signal<readonly Finding[] | null>
  listening: Signal<boolean>
  level: Signal<number>
}

export type Calls = [name: string, ...args: unknown[]][]

const OFF: CaptureState = { phase: 'off' }
const SELF = '12D3KooWSelfSelfSelf' as PeerKey

/** Local devices that always work, unless a test sets a state by hand. */
export function fakeLocal(calls: Calls): LocalMedia & { camera: Signal<CaptureState>, microphone: Signal<CaptureState>, level: Signal<number>, missesSound: Signal<boolean>, devices: Signal<Device[]>, speaking: Signal<boolean>, effects: FakeEffects } {
  const microphone = signal(OFF)
  const camera = signal(OFF)
  const screen = signal(OFF)
  const screenStream = signal<MediaStream | null>(null)
  const screenPurpose = signal<ScreenPurpose>('text')
  const muted = signal(false)
  const cameraStream = signal<MediaStream | null>(null)
  const devices = signal<Device[]>([
    { deviceId: 'cam-1', kind: 'videoinput', label: 'Front camera' },
    { deviceId: 'cam-2', kind: 'videoinput', label: 'Desk camera' },
    { deviceId: 'mic-1', kind: 'audioinput', label: 'Built-in microphone' },
    { deviceId: 'mic-2', kind: 'audioinput', label: '' },
  ])
  return {
    microphone, camera, screen, muted, cameraStream, devices,
    screenStream, screenPurpose,
    setScreenPurpose: (purpose) => { screenPurpose.value = purpose },
    level: signal(0),
    missesSound: signal(false),
    speaking: signal(false),
    sending: computed<MediaState>(() => ({
      microphone: microphone.value.phase === 'on' && !muted.value,
      camera: camera.value.phase === 'on',
      screen: screen.value.phase === 'on',
    })),
    effects: fakeEffects(calls),
    canShareScreen: true,
    openMicrophone: async (deviceId = 'mic-1') => {
      calls.push(['openMicrophone', deviceId])
      microphone.value = { phase: 'on', deviceId, label: deviceId }
    },
    closeMicrophone: () => { microphone.value = OFF },
    setMuted: (value) => { muted.value = value },
    openCamera: async (deviceId = 'cam-1') => {
      calls.push(['openCamera', deviceId])
      cameraStream.value ??= pictureStream(160)
      camera.value = { phase: 'on', deviceId, label: deviceId }
    },
    closeCamera: () => {
      cameraStream.value = null
      camera.value = OFF
    },
    openScreen: async () => {
      screenStream.value = pictureStream(260)
      screen.value = { phase: 'on', deviceId: '', label: '' }
    },
    closeScreen: () => {
      screenStream.value = null
      screen.value = OFF
    },
  }
}

interface FakeParticipant extends ParticipantView {
  state: Signal<ParticipantState>
  speaking: Signal<boolean>
  quality: Signal<LinkQuality>
}

/** A participant whose state a test sets. */
export function fakeParticipant(peer: string, calls: Calls, state: Partial<ParticipantState> = {}): FakeParticipant {
  return {
    peer: peer as PeerKey,
    state: signal<ParticipantState>({
      name: peer, connection: 'connected', path: null, media: { microphone: true, camera: true, screen: false }, cameraHeld: false, audio: null, camera: null, screen: null, ...state,
    }),
    speaking: signal(false),
    quality: signal<LinkQuality>('good'),
    showAt: (camera, screen) => { calls.push(['showAt', peer, camera, screen]) },
    candidatePairs: async () => [],
    stats: async () => [],
  }
}

/** Codes as long as real ones, in one phase. Texts that are error codes are answered with themselves. */
function fakeCodes(calls: Calls, phase: Signal<HandedCode['phase']['value']>): CodesView {
  const bytes = 'A1b2C3d4'.repeat(43)
  const hand = (kind: HandedCode['kind']): HandedCode => ({
    kind, text: `parley:${bytes}`, link: `https://parley.example/#/?code=${bytes}`, expiresAt: Date.now() + 599_000, phase,
    discard: () => { calls.push(['discard']) },
  })
  return {
    invite: async () => {
      phase.value = 'waiting'
      return hand('invitation')
    },
    answer: async (text) => {
      calls.push(['answer', text])
      return hand('reply')
    },
    read: async (text) => text.startsWith('code-')
      ? text as ErrorCode
      : { kind: 'invitation', name: 'Ada', peer: '12D3KooWAdaAdaAdaAda' as PeerKey, topic: 'quiet-harbour', isPrivate: true },
    complete: async (text) => {
      calls.push(['complete', text])
      return text.startsWith('code-') ? text as ErrorCode : null
    },
  }
}

/** A room that lets anybody in except under the topics named like an error code. */
export function fakeCall(calls: Calls) {
  const state = signal<RoomState>({ phase: 'lobby' })
  const participants = signal<readonly ParticipantView[]>([])
  const chat = signal<readonly ChatLine[]>([])
  const outage = signal<Outage | null>(null)
  const ownRecording = signal<OwnRecording | null>(null)
  const summary = signal<CallSummary | null>(null)
  const statistics = signal<readonly PersonStatistics<PeerKey>[]>([])
  const stored = signal<readonly StoredRecording[]>([])
  const othersRecording = signal<readonly OthersRecording[]>([])
  const incoming = signal<IncomingRing | null>(null)
  const outgoing = signal(false)
  const handed = signal<HandedCode['phase']['value']>('waiting')
  const ringAnswer = Promise.withResolvers<ErrorCode | null>()
  const status = signal<'starting' | 'connecting' | 'online' | 'offline'>('online')
  const relays = signal(1)
  const problem = signal<ErrorCode | null>(null)
  const addresses = signal<string[]>([])
  const uplink = signal<Uplink>('ample')
  const sighting = signal<Sighting>(null)
  const hands = signal<readonly PeerKey[]>([])
  const reactions = signal<readonly ReactionShown[]>([])
  const files = fakeFiles(calls)
  const views: CallViews = {
    room: {
      state, participants, chat, outage, self: SELF, files,
      gestures: {
        hands, reactions,
        setHand: (up) => {
          hands.value = [...hands.value.filter((peer) => peer !== SELF), ...up ? [SELF] : []]
          return true
        },
        react: (reaction) => {
          calls.push(['react', reaction])
          reactions.value = [...reactions.value, { id: reactions.value.length, peer: SELF, reaction }]
          return true
        },
      },
      recording: fakeRecordings(calls, ownRecording, othersRecording),
      prepare: (topic, secret) => { calls.push(['prepare', topic, secret]) },
      join: async (topic, secret) => {
        calls.push(['join', topic, secret])
        if (topic === '') return 'topic-empty'
        if (topic === 'network-failed') return topic
        state.value = { phase: 'joined', topic, isPrivate: secret !== '', link: `https://parley.example/#/${topic}${secret && `/${secret}`}` }
        return null
      },
      look: (topic, secret, { signal: lifetime }) => {
        calls.push(['look', topic, secret])
        lifetime.addEventListener('abort', () => calls.push(['looked', topic]))
        return sighting
      },
      leave: async () => {
        calls.push(['leave'])
        participants.value = []
        state.value = { phase: 'lobby' }
      },
      say: (text) => {
        if (text.length > 4000) return false
        chat.value = [...chat.value, { id: `own-${chat.value.length}`, author: SELF, name: 'me', at: Date.now(), text, file: null }]
        return true
      },
    },
    network: { status, relays, problem, addresses, uplink, probeRelays: async () => undefined },
    ring: {
      incoming, outgoing,
      ring: async (address) => {
        calls.push(['ring', address])
        outgoing.value = true
        const answer = await ringAnswer.promise
        outgoing.value = false
        return answer
      },
      cancel: () => ringAnswer.resolve(null),
    },
    codes: fakeCodes(calls, handed),
    summary,
    statistics: async () => statistics,
    recorder: async () => fakeRecorder(calls, ownRecording, stored),
  }
  return { files, hands, reactions, views, ownRecording, othersRecording, stored, statistics, summary, handed, state, participants, chat, outage, incoming, outgoing, ringAnswer, status, relays, problem, addresses, uplink, sighting }
}

function fakeRecent(calls: Calls) {
  const rooms = signal<readonly RecentRoom[]>([])
  const remembers = signal(true)
  const view: RecentView = {
    rooms, remembers,
    setRemembers: (value) => { remembers.value = value },
    forget: ({ topic }) => { calls.push(['forget', topic]); rooms.value = rooms.value.filter((room) => room.topic !== topic) },
    forgetAll: () => { rooms.value = [] },
  }
  return { rooms, remembers, view }
}

/** The facade, with the call code not loaded yet. */
export function fakeParley(calls: Calls) {
  const name = signal('')
  const language = signal('')
  const transportPolicy = signal<TransportPolicy>('all')
  const shortcuts = signal(true)
  const stage = signal<StageChoice>({ view: 'automatic', ownPicture: 'placed', corner: 'bottom-end' })
  const link = signal<LinkRequest>({ topic: '', secret: '', code: '', joinNow: false, error: null })
  const call = signal<CallViews | null>(null)
  const failure = signal<ErrorCode | null>(null)
  const local = fakeLocal(calls)
  const speaker = signal('')
  const recent = fakeRecent(calls)
  const program = { isOutdated: signal(false), canInstall: signal(false) }
  let within: AbortSignal | undefined
  const examining = (): boolean => within?.aborted === false
  const examination: FakeExamination = {
    lines: signal([]), findings: signal(null), listening: signal(false), level: signal(0),
    report: (sentences, detailed) => `${detailed ? 'detailed' : 'anonymous'}\n${sentences.join('\n')}`,
  }
  const parley: Parley = {
    settings: {
      shortcuts, setShortcuts: (on) => { shortcuts.value = on },
      name, setName: (value) => { name.value = value },
      language, setLanguage: (tag) => { language.value = tag },
      transportPolicy, setTransportPolicy: (value) => { transportPolicy.value = value },
      stage, setStage: (changes) => { stage.value = { ...stage.value, ...changes } },
      speaker, setSpeaker: (value) => { speaker.value = value },
    },
    recent: recent.view,
    program: { ...program, renew: () => { calls.push(['renew']) }, install: async () => { calls.push(['install']) } },
    opensNewCall: location.search === '?new-call',
    local, link, call, failure,
    examine: async ({ signal: lifetime }) => {
      within = lifetime
      return examination
    },
    newCall: () => ({ topic: 'quiet-harbour', secret: 'AAAAAAAAAAAAAAAAAAAAAA', link: 'https://parley.example/#/quiet-harbour/AAAAAAAAAAAAAAAAAAAAAA' }),
  }
  return { parley, examination, examining, name, language, link, call, failure, local, recent, program, speaker }
}
