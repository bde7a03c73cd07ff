import type { Language } from '../language.ts'

export const lobby: Language['lobby'] = {
  sound: {
    label: 'Luidspreker',
    system: 'Zoals het systeem kiest',
    other: 'Een andere luidspreker…',
    test: 'Geluid afspelen',
    heardIt: 'Heb je het gehoord? Zo niet, kies een andere luidspreker of zet hem harder.',
    lost: 'Die luidspreker is weg. Je hoort de anderen nu via die van het systeem.',
    notHeard: 'Je microfoon staat aan, maar er komt niets binnen. Is hij op de headset gedempt?',
  },
  recent: {
    title: 'Recente gesprekken',
    kept: 'Alleen op dit apparaat bewaard',
    enterPublic: (topic) => `Terug naar “${topic}”, een openbaar plein`,
    enterPrivate: (topic) => `Terug naar “${topic}”, een privégesprek`,
    forget: (topic) => `“${topic}” vergeten`,
    forgetAll: 'Alles vergeten',
    remember: 'Recente gesprekken op dit apparaat onthouden',
    rememberHint: 'Wie deze browser na jou gebruikt, kan er ook in. Zet dit uit op een apparaat dat je deelt.',
  },
  program: {
    outdated: 'Er is een nieuwe versie van Parley.',
    renew: 'Nu gebruiken',
    install: 'Parley op dit apparaat installeren',
  },
}
