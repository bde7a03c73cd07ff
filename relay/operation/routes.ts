import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { textAnswer } from '../http/answer.ts'
import type { Answer, Route } from '../http/answer.ts'
import { packageRoot } from '../package-root.ts'
import { isOfThisMachine } from './access.ts'
import type { RelayMetrics } from './metrics.ts'
import type { RelayStatus } from './status.ts'

/** What the pages of an operator show. */
export interface PageSources {
  metrics: RelayMetrics
  /** Undefined until the relay runs. */
  status: () => RelayStatus | undefined
}

/** In the checkout and in the package, where this code is elsewhere. */
const PAGE_FOLDER = 'relay/operation/status-page'
const STATUS_FILES = [
  ['/status', 'status.html', 'text/html; charset=utf-8'],
  ['/status.css', 'status.css', 'text/css; charset=utf-8'],
  ['/status.js', 'status.js', 'text/javascript; charset=utf-8']
] as const

/** The pages of an operator by their path: `/metrics` for Prometheus, `/status` for people, `/status.json` for both. */
export async function operatorRoutes({ metrics, status }: PageSources): Promise<Map<string, Route>> {
  const routes = new Map<string, Route>()
  for (const [path, file, type] of STATUS_FILES) {
    const body = await readFile(join(packageRoot(), PAGE_FOLDER, file))
    routes.set(path, () => ({ status: 200, headers: { 'Content-Type': type, 'Cache-Control': 'no-cache' }, body }))
  }
  routes.set('/status.json', () => {
    const current = status()
    return current === undefined ? textAnswer(503, 'starting\n') : fresh('application/json', JSON.stringify(current))
  })
  routes.set('/metrics', async () => fresh(metrics.contentType, await metrics.text()))
  return routes
}

/** The same routes, which for everybody but this machine itself do not exist. */
export function forThisMachine(routes: ReadonlyMap<string, Route>): Map<string, Route> {
  return new Map([...routes].map(([path, route]): [string, Route] => [path, (request) => {
    const { socket: { remoteAddress }, headers } = request
    return isOfThisMachine({ remoteAddress, headers }) ? route(request) : undefined
  }]))
}

function fresh(type: string, text: string): Answer {
  return { status: 200, headers: { 'Content-Type': type, 'Cache-Control': 'no-store' }, body: Buffer.from(text) }
}
