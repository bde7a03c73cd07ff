import type { Language } from '../language.ts'

export const lobby: Language['lobby'] = {
  sound: {
    label: 'Haut-parleur',
    system: 'Au choix du système',
    other: 'Un autre haut-parleur…',
    test: 'Jouer un son',
    heardIt: 'L’avez-vous entendu ? Sinon, choisissez un autre haut-parleur ou montez le son.',
    lost: 'Ce haut-parleur n’est plus là. Vous entendez maintenant les autres par celui du système.',
    notHeard: 'Votre micro est allumé, mais rien n’en vient. Est-il coupé sur le casque ?',
  },
  recent: {
    title: 'Appels récents',
    kept: 'Gardés sur cet appareil seulement',
    enterPublic: (topic) => `Revenir à « ${topic} », une place publique`,
    enterPrivate: (topic) => `Revenir à « ${topic} », un appel privé`,
    forget: (topic) => `Oublier « ${topic} »`,
    forgetAll: 'Tout oublier',
    remember: 'Retenir les appels récents sur cet appareil',
    rememberHint: 'Quiconque utilise ce navigateur après vous pourrait aussi y entrer. Désactivez ceci sur un appareil partagé.',
  },
  program: {
    outdated: 'Une nouvelle version de Parley est là.',
    renew: 'L’utiliser maintenant',
    install: 'Installer Parley sur cet appareil',
  },
}
