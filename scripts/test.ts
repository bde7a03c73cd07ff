/**
 * `npm test`: everything that must hold, in the order in which it fails fastest. Goes on after a failure, so that one run
 * shows all of them. The last line is `N passed, N failed`, summed over the test runs; the exit code is 0 only when every
 * step succeeded. `npm test -- unit`, `-- ui` or `-- browser` runs only that project, and further arguments go to vitest.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requireChromium } from './chromium.ts'
import { installRivals } from './debian.ts'
import { installFirefox } from './firefox.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PROJECTS = ['unit', 'ui', 'browser'] as const
type Project = typeof PROJECTS[number]

interface Step {
  name: string
  /** Whether it succeeded. */
  run: () => boolean
}

/** What vitest's JSON reporter writes, as far as it is read here. */
interface Report {
  numPassedTests: number
  numFailedTests: number
  testResults: Array<{ name: string, status: string, message: string, assertionResults: Array<{ fullName: string, status: string, failureMessages?: string[] }> }>
}

const counts = { passed: 0, failed: 0 }
/** Repeated at the end: of a long log, often only that is kept. */
const failures: string[] = []
const reports = mkdtempSync(join(tmpdir(), 'parley-test-'))
const [only, ...rest] = process.argv.slice(2)
const steps = only === undefined ? everything() : projectSteps(only, rest)
const results = steps.map(({ name, run }) => {
  console.log(`\n==> ${name}`)
  const from = performance.now()
  const ok = run()
  return { name, ok, seconds: (performance.now() - from) / 1_000 }
})
rmSync(reports, { recursive: true, force: true })

console.log('\nSummary')
for (const failure of failures) console.log(failure)
for (const { name, ok, seconds } of results) console.log(`  ${ok ? 'ok    ' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s)`)
console.log(`${counts.passed} passed, ${counts.failed} failed`)
process.exit(results.every(({ ok }) => ok) ? 0 : 1)

function everything(): Step[] {
  return [
    { name: 'a browser to test with', run: chromium },
    { name: 'another browser', run: firefox },
    { name: 'programs to compare with', run: rivals },
    { name: 'types', run: () => command('tsc', '-p', '.') },
    { name: 'lint', run: () => command('oxlint', '--quiet') },
    { name: 'unused code and packages', run: () => command('knip', '--no-progress') },
    { name: 'unit, integration and interface tests', run: () => vitest(['unit', 'ui'], []) },
    { name: 'build', run: () => command('node', 'scripts/build.ts') },
    { name: 'size', run: () => command('node', 'scripts/size.ts') },
    { name: 'browser tests', run: () => vitest(['browser'], []) }
  ]
}

function projectSteps(name: string, args: string[]): Step[] {
  const project = PROJECTS.find((each) => each === name)
  if (project === undefined) {
    console.error(`There are no "${name}" tests: say unit, ui or browser, or nothing for everything.`)
    process.exit(2)
  }
  const needed: Record<Project, Step[]> = {
    unit: [{ name: 'programs to compare with', run: rivals }],
    ui: [{ name: 'a browser to test with', run: chromium }],
    browser: [
      { name: 'a browser to test with', run: chromium }, { name: 'another browser', run: firefox },
      { name: 'build', run: () => command('node', 'scripts/build.ts') }
    ]
  }
  return [...needed[project], { name: `${project} tests`, run: () => vitest([project], args) }]
}

function chromium(): boolean {
  try {
    process.env['CHROME_PATH'] = requireChromium()
    return true
  } catch (error) {
    console.error((error as Error).message)
    return false
  }
}

/** Never a failure: nothing of ours is wrong when they are missing. */
function rivals(): boolean {
  installRivals()
  return true
}

/** Never a failure either. */
function firefox(): boolean {
  installFirefox()
  return true
}

/** Runs a program of node_modules/.bin with its output on the screen; true when it ended well. */
function command(name: string, ...args: string[]): boolean {
  return spawnSync(name, args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' }).status === 0
}

/** Runs projects side by side and adds their tests to the counts. A run that dies before it reports is one failure. */
function vitest(projects: readonly Project[], args: string[]): boolean {
  const report = join(reports, `${projects.join('-')}.json`)
  const ok = command('vitest', 'run', ...projects.map((project) => `--project=${project}`), '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args)
  try {
    const read = JSON.parse(readFileSync(report, 'utf8')) as Report
    counts.passed += read.numPassedTests
    counts.failed += read.numFailedTests
    failures.push(...failuresOf(read))
  } catch {
    // Without a report nothing is known of the tests, except that they did not run to their end.
    counts.failed += 1
  }
  return ok
}

/** Each test that failed, and each file that could not be run, with the reason. */
function failuresOf({ testResults }: Report): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(ROOT, name)
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0) return status === 'failed' ? [`  ${file}\n    ${message}`] : []
    return failed.map(({ fullName, failureMessages = [] }) => [`  ${file}: ${fullName}`, ...ownLines(failureMessages.join('\n'))].join('\n    '))
  })
}

/** A stack without the frames of those who called the test. */
function ownLines(stack: string): string[] {
  return stack.split('\n').filter((line) => !/^\s+at .*(node_modules|new Promise)/.test(line))
}
