/** A file between two browsers in a call: what `npm run bench -- files` does. */
import { parseArgs } from 'node:util'
import type { Lifetime } from '../../src/util/abort.ts'
import { progress } from '../report.ts'
import { benchFile } from './files.ts'

/** Exit code 1 when the file did not arrive as it was, 2 when the arguments make no sense. */
export async function files(args: string[], { signal }: Lifetime): Promise<number> {
  const { values } = parseArgs({ args, options: { mb: { type: 'string', default: '1000' }, seconds: { type: 'string', default: '30' }, into: { type: 'string', default: 'kept' } } })
  const [megabytes, seconds] = [Number(values.mb), Number(values.seconds)]
  if (!(megabytes >= 1) || !(seconds >= 5) || (values.into !== 'kept' && values.into !== 'chosen')) {
    progress('usage: npm run bench -- files [--mb N] [--seconds N] [--into kept|chosen]')
    return 2
  }
  const arrived = await benchFile({ bytes: megabytes * 1_000_000, callSeconds: seconds, into: values.into, signal })
  return arrived ? 0 : 1
}
