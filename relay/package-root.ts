import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The folder with package.json: of the checkout, where this file is `relay/package-root.ts`, or of the installed package,
 * where it is part of a file in `build`.
 */
export function packageRoot(): string {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error(`there is no package.json above ${import.meta.dirname}`)
    folder = parent
  }
  return folder
}

/** The package's version. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }
  return version
}

/** Where the built app is, if it was built. */
export function appFolder(): string {
  return join(packageRoot(), 'dist')
}
