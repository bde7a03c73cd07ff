/** Composition root: reads the page, shows the lobby, and loads the call beside it. */
import { pageStorage, readConfig } from './config.ts'
import { createLocalMedia } from './media/capture/local-media.ts'
import { createProgram } from './offline/program.ts'
import { readLinkRequest } from './room/link-request.ts'
import { createRecentRooms } from './room/recent-rooms.ts'
import { createSettings } from './room/settings.ts'
import { createStretcher, withHeadStart } from './room/stretch.ts'
import type { CallViews, ErrorCode, Parley } from './room/views.ts'
import { createLog, parseLogLevel, setLogLevel } from './util/log.ts'
import { signal } from './util/signals.ts'
import { warmUp, webSocketUrl } from './util/warm-socket.ts'
import { formatLink } from './wire/link.ts'
import { newRoomName } from './wire/room-name.ts'
import { newSecret } from './wire/secret.ts'
import { parseTopic } from './wire/topic.ts'
import './ui/app.ts'

const lifetime = { signal: new AbortController().signal }
const config = readConfig()
setLogLevel(parseLogLevel(pageStorage.get('parley:log')))
const link = signal(readLinkRequest(location.hash))
addEventListener('hashchange', () => { link.value = readLinkRequest(location.hash) })

// The relay's round trips start now and pass while the rest of the code is on its way.
for (const address of [...link.value.relays, ...config.relays].slice(0, 2)) {
  const url = webSocketUrl(address)
  if (url !== undefined) warmUp(url)
}
const callCode = import('./call.ts')
// So does the work on the key of a public room, which takes a worker most of a second.
const { topic, secret } = link.value
const stretcher = createStretcher(lifetime)
const stretch = topic !== '' && secret === '' && isSecureContext ? withHeadStart(stretcher, topic) : stretcher

const settings = createSettings(pageStorage)
if (link.value.name !== '') settings.setName(link.value.name)
const recent = createRecentRooms(pageStorage)
addEventListener('storage', () => recent.reload())
const program = createProgram()
const local = createLocalMedia({ ...lifetime, storage: pageStorage })
const call = signal<CallViews | null>(null)
const failure = signal<ErrorCode | null>(null)
const examine: Parley['examine'] = async (within) => (await import('./doctor.ts')).examine({ local, settings, call, failure, ...within })
const newCall: Parley['newCall'] = () => {
  const made = { topic: parseTopic(newRoomName()), secret: newSecret() }
  return { ...made, link: formatLink(config.origin, made) }
}
const parley: Parley = { settings, recent, program, opensNewCall: location.search === '?new-call', local, link, call, failure, newCall, examine }

for (const app of document.querySelectorAll('parley-app')) app.parley = parley
try {
  if (!isSecureContext) throw new Error('camera, microphone and cryptography are for secure pages only')
  call.value = await (await callCode).startCall({ config, link, local, settings, recent, stretch, storage: pageStorage, ...lifetime })
  program.keep()
} catch (error) {
  createLog('main').warn('the call could not be started', error)
  failure.value = isSecureContext ? 'network-failed' : 'page-insecure'
}
