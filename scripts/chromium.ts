import { findProgram, installOnDebian, isExecutable } from './debian.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const USUAL_PLACES = [
  '/usr/lib/chromium/chromium',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe'
]

/**
 * Path of a Chromium or Chrome: the variable CHROME_PATH, then the search path, then where installers put it.
 * Undefined when there is none.
 */
export function findChromium(env: Record<string, string | undefined> = process.env): string | undefined {
  return [env['CHROME_PATH'], findProgram(NAMES, env), ...USUAL_PLACES].find((file) => file !== undefined && isExecutable(file))
}

/**
 * As `findChromium`, but on a Debian where we may install packages it installs one first.
 *
 * @throws {Error} with a sentence that says what to do, when there is none in the end
 */
export function requireChromium(): string {
  const found = findChromium() ?? (installOnDebian('chromium', 'for the browser tests') ? findChromium() : undefined)
  if (found !== undefined) return found
  throw new Error('The browser tests need Chromium or Chrome: install one, or put its path into the variable CHROME_PATH.')
}
