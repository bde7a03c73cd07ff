import { app } from './es/app.ts'
import { codes } from './es/codes.ts'
import { doctor } from './es/doctor.ts'
import { errors } from './es/errors.ts'
import { fileFailures, files } from './es/files.ts'
import type { Language } from './language.ts'
import { network } from './es/network.ts'

const words: Language = { app, codes, doctor, errors, fileFailures, files, network }
export default words
