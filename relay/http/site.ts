import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import type { Encoding } from './headers.ts'

/** One file of the built app, in memory. */
export interface StaticFile {
  type: string
  cacheControl: string
  etag: string
  body: Buffer
  /** What the build has compressed. */
  compressed: Partial<Record<Encoding, Buffer>>
}

/** The built app: its page, and its files by URL path. Only paths in the map exist, so no request can leave the folder. */
export interface Site {
  page: string
  files: ReadonlyMap<string, StaticFile>
}

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2'
}
const SUFFIXES: Record<Encoding, string> = { br: '.br', gzip: '.gz' }
const PAGE = '/index.html'

/**
 * Reads a built app into memory; a few megabytes. Resolves with undefined when `folder` holds no index.html.
 */
export async function loadSite(folder: string): Promise<Site | undefined> {
  const contents = await readAll(folder)
  const page = contents.get(PAGE)
  if (page === undefined) return undefined
  const files = new Map<string, StaticFile>()
  for (const [path, body] of contents) {
    const compressedCopy = Object.values(SUFFIXES).some((suffix) => path.endsWith(suffix) && contents.has(path.slice(0, -suffix.length)))
    if (path === PAGE || compressedCopy) continue
    files.set(path, staticFile(path, body, contents))
  }
  return { page: page.toString('utf8'), files }
}

function staticFile(path: string, body: Buffer, contents: ReadonlyMap<string, Buffer>): StaticFile {
  const br = contents.get(path + SUFFIXES.br)
  const gzip = contents.get(path + SUFFIXES.gzip)
  return {
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    // Names under /assets carry a hash of their content.
    cacheControl: path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    body,
    compressed: { ...(br && { br }), ...(gzip && { gzip }) }
  }
}

/** Every file below `folder` by its URL path; dot files and folders, such as Vite's manifest, are not part of the site. */
async function readAll(folder: string): Promise<Map<string, Buffer>> {
  let entries
  try {
    entries = await readdir(folder, { recursive: true, withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw error
  }
  const contents = new Map<string, Buffer>()
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name)
    const path = '/' + relative(folder, file).split(sep).join('/')
    if (entry.isFile() && !path.includes('/.')) contents.set(path, await readFile(file))
  }
  return contents
}
