import type { Panel } from './controls.ts'

/** The lobby asks to enter a room. It bubbles to the app, which acts. */
export class JoinRequest extends Event {
  readonly topic: string
  readonly secret: string

  constructor(topic: string, secret: string) {
    super('join-request', { bubbles: true, composed: true })
    this.topic = topic
    this.secret = secret
  }
}

/** A control asks to tell the person something in passing. */
export class Announcement extends Event {
  readonly sentence: string

  constructor(sentence: string) {
    super('announcement', { bubbles: true, composed: true })
    this.sentence = sentence
  }
}

/** Chat or the list of people is to be opened, or closed if it is open. */
export class PanelToggle extends Event {
  readonly panel: Panel

  constructor(panel: Panel) {
    super('panel-toggle', { bubbles: true, composed: true })
    this.panel = panel
  }
}

/** Somebody wants to offer files to everybody in the call. */
export class FilesRequest extends Event {
  readonly files: readonly File[]

  constructor(files: readonly File[]) {
    super('files-request', { bubbles: true, composed: true })
    this.files = files
  }
}

/** Somebody wants to bring others into the call. */
export class InviteRequest extends Event {
  constructor() {
    super('invite-request', { bubbles: true, composed: true })
  }
}

/** Somebody wants to know what the keys do. */
export class KeysRequest extends Event {
  constructor() {
    super('keys-request', { bubbles: true, composed: true })
  }
}

/** Somebody wants to record the call, or to look after what was recorded. */
export class RecordRequest extends Event {
  constructor() {
    super('record-request', { bubbles: true, composed: true })
  }
}

/** Somebody wants to see numbers. */
export class StatisticsRequest extends Event {
  constructor() {
    super('statistics-request', { bubbles: true, composed: true })
  }
}

/** Somebody wants to connect by codes. It bubbles to the app, which opens the dialog. */
export class CodesRequest extends Event {
  constructor() {
    super('codes-request', { bubbles: true, composed: true })
  }
}

/** A code was pasted, typed or scanned. */
export class CodeEntered extends Event {
  readonly text: string

  constructor(text: string) {
    super('code-entered', { bubbles: true, composed: true })
    this.text = text
  }
}

/** Somebody wants to change settings. It bubbles to the app, which opens them. */
export class SettingsRequest extends Event {
  constructor() {
    super('settings-request', { bubbles: true, composed: true })
  }
}

/** Somebody wants to know what is wrong. It bubbles to the app, which opens the examination. */
export class DoctorRequest extends Event {
  constructor() {
    super('doctor-request', { bubbles: true, composed: true })
  }
}

declare global {
  interface HTMLElementEventMap {
    'codes-request': CodesRequest
    'code-entered': CodeEntered
    'join-request': JoinRequest
    'announcement': Announcement
    'doctor-request': DoctorRequest
    'files-request': FilesRequest
    'invite-request': InviteRequest
    'keys-request': KeysRequest
    'panel-toggle': PanelToggle
    'record-request': RecordRequest
    'statistics-request': StatisticsRequest
    'settings-request': SettingsRequest
  }
}
