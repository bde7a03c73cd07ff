import { expect, test } from 'vitest'
import { pastedFiles } from '../../../src/ui/files/pasted.ts'

const picture = new File(['x'], 'image.png', { type: 'image/png' })

test.each([
  ['a screenshot', ['Files'], 1],
  ['a picture out of a page', ['text/html', 'Files'], 1],
  ['a file of the system with its name', ['text/plain', 'Files'], 1],
  ['cells of a table, with a picture of them', ['text/plain', 'text/html', 'text/rtf', 'Files'], 0],
])('%s', (_what, types, count) => {
  expect(pastedFiles({ types, files: [picture] })).toHaveLength(count)
})
