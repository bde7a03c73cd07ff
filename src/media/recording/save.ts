import type { Lifetime } from '../../util/abort.ts'
import { fileName } from './about.ts'
import { openRecording } from './library.ts'
import type { StoredRecording } from './types.ts'

/** https://wicg.github.io/file-system-access/, where a browser has it. */
interface Pickers {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>
  showDirectoryPicker?: (options: { mode: 'readwrite' }) => Promise<FileSystemDirectoryHandle>
}

/** A link to a file must live until the browser has begun to copy it, milliseconds. */
const LINK_MS = 60_000

/**
 * Copies a recording to where the person wants it: into a file or, of several, into a folder with what describes them
 * beside; by downloads where the browser has no such dialog. Nothing of it goes through memory. False when the person
 * thought better of it. To be called from a click.
 *
 * @throws what reading or writing throws
 */
export async function saveRecording(recording: StoredRecording, lifetime: Lifetime): Promise<boolean> {
  const pickers = globalThis as Pickers
  // Asked before anything else: the browser allows it only so long after the click.
  const target = await (recording.files.length === 1 ? pickFile(pickers, recording) : pickFolder(pickers))
  if (target === 'refused') return false
  const { files, about } = await openRecording(recording, lifetime)
  const named = files.map((each) => ({ file: each.file, name: fileName(recording, each.about) }))
  if (recording.files.length > 1) named.push({ file: about, name: `${fileName(recording, { name: '.json', person: '', startMs: 0 })}` })
  for (const { file, name } of unique(named)) {
    if (target === null) download(file, name)
    else await copy(file, target.kind === 'file' ? target : await target.getFileHandle(name, { create: true }))
  }
  return true
}

async function pickFile({ showSaveFilePicker }: Pickers, recording: StoredRecording): Promise<FileSystemFileHandle | 'refused' | null> {
  const [only] = recording.files
  if (showSaveFilePicker === undefined || only === undefined) return null
  return await unlessRefused(showSaveFilePicker.call(globalThis, { suggestedName: fileName(recording, only) }))
}

async function pickFolder({ showDirectoryPicker }: Pickers): Promise<FileSystemDirectoryHandle | 'refused' | null> {
  if (showDirectoryPicker === undefined) return null
  return await unlessRefused(showDirectoryPicker.call(globalThis, { mode: 'readwrite' }))
}

async function unlessRefused<Handle>(picked: Promise<Handle>): Promise<Handle | 'refused'> {
  try {
    return await picked
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return 'refused'
    throw error
  }
}

async function copy(file: File, to: FileSystemFileHandle): Promise<void> {
  await file.stream().pipeTo(await to.createWritable())
}

function download(file: File, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), LINK_MS)
}

/** Two people may have the same name. */
function unique<Named extends { name: string }>(files: readonly Named[]): Named[] {
  const seen = new Map<string, number>()
  return files.map((file) => {
    const count = (seen.get(file.name) ?? 0) + 1
    seen.set(file.name, count)
    const dot = file.name.lastIndexOf('.')
    return count === 1 ? file : { ...file, name: `${file.name.slice(0, dot)} ${count}${file.name.slice(dot)}` }
  })
}
