import { app } from './nl/app.ts'
import { codes } from './nl/codes.ts'
import { controls } from './nl/controls.ts'
import { doctor } from './nl/doctor.ts'
import { effects } from './nl/effects.ts'
import { errors } from './nl/errors.ts'
import { fileFailures, files } from './nl/files.ts'
import type { Language } from './language.ts'
import { lobby } from './nl/lobby.ts'
import { network } from './nl/network.ts'
import { people } from './nl/people.ts'
import { stage } from './nl/stage.ts'
import { record } from './nl/record.ts'
import { recording } from './nl/recording.ts'
import { statistics } from './nl/statistics.ts'
import { summary } from './nl/summary.ts'

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
