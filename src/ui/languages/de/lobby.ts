import type { Language } from '../language.ts'

export const lobby: Language['lobby'] = {
  sound: {
    label: 'Lautsprecher',
    system: 'Wie das System wählt',
    other: 'Ein anderer Lautsprecher…',
    test: 'Ton abspielen',
    heardIt: 'Haben Sie es gehört? Wenn nicht, wählen Sie einen anderen Lautsprecher oder stellen Sie ihn lauter.',
    lost: 'Dieser Lautsprecher ist weg. Sie hören die anderen jetzt über den des Systems.',
    notHeard: 'Ihr Mikrofon ist an, aber es kommt nichts an. Ist das Headset stummgeschaltet?',
  },
  recent: {
    title: 'Letzte Gespräche',
    kept: 'Nur auf diesem Gerät gespeichert',
    enterPublic: (topic) => `„${topic}“ wieder betreten, ein öffentlicher Platz`,
    enterPrivate: (topic) => `„${topic}“ wieder betreten, ein privates Gespräch`,
    forget: (topic) => `„${topic}“ vergessen`,
    forgetAll: 'Alle vergessen',
    remember: 'Letzte Gespräche auf diesem Gerät merken',
    rememberHint: 'Wer nach Ihnen diesen Browser benutzt, könnte sie auch betreten. Schalten Sie es aus, wenn Sie das Gerät teilen.',
  },
  program: {
    outdated: 'Es gibt eine neue Version von Parley.',
    renew: 'Jetzt verwenden',
    install: 'Parley auf diesem Gerät installieren',
  },
}
