import { app } from './es/app.ts'
import { codes } from './es/codes.ts'
import { controls } from './es/controls.ts'
import { doctor } from './es/doctor.ts'
import { effects } from './es/effects.ts'
import { errors } from './es/errors.ts'
import { fileFailures, files } from './es/files.ts'
import type { Language } from './language.ts'
import { lobby } from './es/lobby.ts'
import { network } from './es/network.ts'
import { people } from './es/people.ts'
import { stage } from './es/stage.ts'
import { record } from './es/record.ts'
import { recording } from './es/recording.ts'
import { statistics } from './es/statistics.ts'
import { summary } from './es/summary.ts'

const words: Language = {
  app,
  codes,
  controls,
  doctor,
  effects,
  errors,
  fileFailures,
  files,
  lobby,
  network,
  people,
  stage, record, recording, statistics, summary
}
export default words
