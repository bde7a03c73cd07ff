import { childController, type Lifetime } from '../../util/abort.ts'
import { readAbout } from './about.ts'
import { ABOUT, FOLDER, lockName, Store } from './store.ts'
import type { RecordedFile, RecordingAbout, StoredRecording } from './types.ts'

/** A file that is there, and what is written about it. */
export interface FoundFile {
  about: RecordedFile
  file: File
}

/** All recordings in this browser, the newest first. */
export async function listRecordings(): Promise<StoredRecording[]> {
  const found: StoredRecording[] = []
  const held = new Set((await navigator.locks.query()).held?.map(({ name }) => name))
  for await (const [id, folder] of entriesOf(await recordingsFolder())) {
    if (folder.kind !== 'directory') continue
    const about = await aboutOf(folder as FileSystemDirectoryHandle, id) ?? await lookAt(folder as FileSystemDirectoryHandle, id)
    if (about === null) continue
    const files = await filesOf(folder as FileSystemDirectoryHandle, about)
    const state = held.has(lockName(id)) ? 'running' : about.endedAt === null ? 'cut' : 'finished'
    found.push({ ...about, state, bytes: files.reduce((sum, { file }) => sum + file.size, 0) })
  }
  return found.sort((a, b) => b.startedAt - a.startedAt)
}

/** The files of a recording in order, and what describes them. One that was cut is mended first. */
export async function openRecording(recording: StoredRecording, { signal }: Lifetime): Promise<{ files: FoundFile[], about: File }> {
  const folder = await (await recordingsFolder()).getDirectoryHandle(recording.id)
  if (recording.state === 'cut') {
    const written = (await filesOf(folder, recording)).map(({ file }) => file.lastModified)
    await mend(recording, Math.max(recording.startedAt, ...written), { signal })
  }
  const about = await folder.getFileHandle(ABOUT)
  return { files: await filesOf(folder, recording), about: await about.getFile() }
}

/** Deletes a recording for good. */
export async function removeRecording(id: string): Promise<void> {
  await (await recordingsFolder()).removeEntry(id, { recursive: true })
}

async function mend({ id, topic, kind, startedAt, files }: StoredRecording, endedAt: number, lifetime: Lifetime): Promise<void> {
  const controller = childController(lifetime.signal)
  const store = new Store(id, controller)
  try {
    for (const { name } of files) await store.repair(name)
    await store.describe({ id, topic, kind, startedAt, endedAt, files })
  } finally {
    controller.abort()
  }
}

async function recordingsFolder(): Promise<FileSystemDirectoryHandle> {
  return await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true })
}

async function filesOf(folder: FileSystemDirectoryHandle, { files }: RecordingAbout): Promise<FoundFile[]> {
  const found = await Promise.all(files.map(async (about) => {
    try {
      return { about, file: await (await folder.getFileHandle(about.name)).getFile() }
    } catch {
      // Described, and the page was closed before it was made.
      return null
    }
  }))
  return found.filter((each) => each !== null)
}

async function aboutOf(folder: FileSystemDirectoryHandle, id: string): Promise<RecordingAbout | null> {
  try {
    const about = readAbout(await (await (await folder.getFileHandle(ABOUT)).getFile()).text())
    return about?.id === id ? about : null
  } catch {
    // The page was closed before it was written.
    return null
  }
}

/** What can be told of a recording without what was written about it, so that it can be saved or deleted; null where nothing takes room. */
async function lookAt(folder: FileSystemDirectoryHandle, id: string): Promise<RecordingAbout | null> {
  const files: File[] = []
  for await (const [name, file] of entriesOf(folder)) {
    if (file.kind === 'file' && name !== ABOUT) files.push(await (file as FileSystemFileHandle).getFile())
  }
  if (files.every(({ size }) => size === 0)) return null
  files.sort((a, b) => parseInt(a.name, 10) - parseInt(b.name, 10))
  return {
    id, topic: '', kind: files.length > 1 ? 'separate' : 'mixed', startedAt: Math.min(...files.map(({ lastModified }) => lastModified)), endedAt: null,
    files: files.map(({ name }) => ({ name, person: '', startMs: 0 })),
  }
}

function entriesOf(folder: FileSystemDirectoryHandle): AsyncIterable<[string, FileSystemHandle]> {
  return (folder as unknown as { entries(): AsyncIterable<[string, FileSystemHandle]> }).entries()
}
