/** What the stage says, and the menus about it. */
import { formats } from '../formats.ts'
import { words } from '../words.ts'

const { number } = formats('en')

export const stageStrings = words('stage', {
  automatic: 'Automatic view',
  grid: 'Grid',
  speaker: 'Speaker',
  layout: 'Layout',
  before: 'Previous page',
  after: 'Next page',
  page: (page: number, pages: number): string => `Page ${number(page)} of ${number(pages)}`,
  ownPlaced: 'Show my picture among the others',
  ownFloating: 'Show my picture in a corner',
  ownHidden: 'Hide my picture',
  ownShown: 'Show my picture',
  audioOnlyItem: 'Audio only (saves data)',
  audioOnly: 'Audio only, to save data',
  audioOnlyEnd: 'Turn video on',
})
