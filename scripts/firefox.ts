import { findProgram, installOnDebian, isExecutable } from './debian.ts'

const NAMES = ['firefox-esr', 'firefox']
const USUAL_PLACES = [
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe'
]

/** Path of a Firefox: the variable FIREFOX_PATH, then the search path, then where installers put it. Undefined when there is none. */
export function findFirefox(env: Record<string, string | undefined> = process.env): string | undefined {
  return [env['FIREFOX_PATH'], findProgram(NAMES, env), ...USUAL_PLACES].find((file) => file !== undefined && isExecutable(file))
}

/** Makes sure of a Firefox where it can. Tests that need one are skipped where it cannot. */
export function installFirefox(): void {
  if (findFirefox() !== undefined || installOnDebian('firefox-esr', 'to call Chromium with')) return
  console.log('There is no Firefox here; the tests that need it are skipped. Install one, or put its path into the variable FIREFOX_PATH.')
}
