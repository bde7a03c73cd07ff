/** How long the browser may take to begin with a download, milliseconds. */
const BEGIN_MS = 60_000

/** Has the browser save a file under this name, where it saves what is downloaded. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), BEGIN_MS)
}
