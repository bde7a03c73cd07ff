import { app } from './fr/app.ts'
import { codes } from './fr/codes.ts'
import { controls } from './fr/controls.ts'
import { doctor } from './fr/doctor.ts'
import { effects } from './fr/effects.ts'
import { errors } from './fr/errors.ts'
import { fileFailures, files } from './fr/files.ts'
import type { Language } from './language.ts'
import { lobby } from './fr/lobby.ts'
import { network } from './fr/network.ts'
import { people } from './fr/people.ts'
import { stage } from './fr/stage.ts'
import { record } from './fr/record.ts'
import { recording } from './fr/recording.ts'
import { statistics } from './fr/statistics.ts'
import { summary } from './fr/summary.ts'

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
