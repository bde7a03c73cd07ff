import type { callStrings } from '../call-strings.ts'
import type { codeStrings } from '../code-strings.ts'
import type { controlStrings } from '../control-strings.ts'
import type { doctor } from '../doctor-strings.ts'
import type { fileFailures, fileStrings } from '../files/file-strings.ts'
import type { peopleStrings } from '../stage/people-strings.ts'
import type { stageStrings } from '../stage/stage-strings.ts'
import type { effects } from '../effects-strings.ts'
import type { recordStrings } from '../record-strings.ts'
import type { recordingStrings } from '../recording-strings.ts'
import type { statisticsStrings } from '../statistics-strings.ts'
import type { summaryStrings } from '../summary-strings.ts'
import type { travelStrings } from '../travel-strings.ts'
import type { lobbyStrings } from '../lobby-strings.ts'
import type { errors, network, strings } from '../strings.ts'

/** Everything that another language has to say. The names are those that the English words are given to `words` with. */
export interface Language {
  app: typeof strings & typeof callStrings & typeof travelStrings
  codes: typeof codeStrings
  controls: typeof controlStrings
  doctor: typeof doctor
  effects: typeof effects
  errors: typeof errors
  fileFailures: typeof fileFailures
  files: typeof fileStrings
  lobby: typeof lobbyStrings
  network: typeof network
  people: typeof peopleStrings
  stage: typeof stageStrings
  record: typeof recordStrings
  recording: typeof recordingStrings
  statistics: typeof statisticsStrings
  summary: typeof summaryStrings
}
