import { app } from './de/app.ts'
import { codes } from './de/codes.ts'
import { controls } from './de/controls.ts'
import { doctor } from './de/doctor.ts'
import { effects } from './de/effects.ts'
import { errors } from './de/errors.ts'
import { fileFailures, files } from './de/files.ts'
import type { Language } from './language.ts'
import { network } from './de/network.ts'
import { people } from './de/people.ts'
import { stage } from './de/stage.ts'

const words: Language = {
  app,
  codes,
  controls,
  doctor,
  effects,
  errors,
  fileFailures,
  files,
  network,
  people,
  stage,
}
export default words
