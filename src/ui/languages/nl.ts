import { app } from './nl/app.ts'
import { codes } from './nl/codes.ts'
import { controls } from './nl/controls.ts'
import { doctor } from './nl/doctor.ts'
import { effects } from './nl/effects.ts'
import { errors } from './nl/errors.ts'
import { fileFailures, files } from './nl/files.ts'
import type { Language } from './language.ts'
import { network } from './nl/network.ts'
import { people } from './nl/people.ts'
import { stage } from './nl/stage.ts'

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
