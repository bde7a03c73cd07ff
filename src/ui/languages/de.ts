import { app } from './de/app.ts'
import { codes } from './de/codes.ts'
import { controls } from './de/controls.ts'
import { doctor } from './de/doctor.ts'
import { effects } from './de/effects.ts'
import { errors } from './de/errors.ts'
import { fileFailures, files } from './de/files.ts'
import type { Language } from './language.ts'
import { lobby } from './de/lobby.ts'
import { network } from './de/network.ts'
import { people } from './de/people.ts'
import { stage } from './de/stage.ts'
import { record } from './de/record.ts'
import { recording } from './de/recording.ts'
import { statistics } from './de/statistics.ts'
import { summary } from './de/summary.ts'

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
