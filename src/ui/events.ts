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

declare global {
  interface HTMLElementEventMap {
    'join-request': JoinRequest
    'announcement': Announcement
  }
}
