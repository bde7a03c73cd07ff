/** The relay's TURN server in a process of its own: port and secret as arguments; no limits but the machine's. */
import { createTurnServer } from '../../relay/turn/index.ts'

const [port = '0', secret = ''] = process.argv.slice(2)
const boundless = { perSecond: 1e12, burst: 1e12 }
const lifetime = new AbortController()
const server = await createTurnServer({
  host: '127.0.0.1', port: Number(port), secret, realm: 'parley', allowPeers: ['127.0.0.0/8'],
  limits: {
    bytesPerUser: boundless, totalBytesPerUser: 1e15, answersPerAddress: boundless, requestsPerUser: boundless,
    allocationsPerUser: 1_000
  }
}, lifetime)
process.once('SIGTERM', () => void server.close())
