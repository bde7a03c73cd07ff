import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { number, plural } = formats('nl')

export const doctor: Language['doctor'] = {
  title: 'Mijn verbinding controleren',
  lead: 'Dit opent even je camera en microfoon en bevraagt de relays die je gebruikt. Niemand ziet of hoort je, en er wordt niets bewaard. Het duurt minder dan een minuut.',
  speak: 'Zeg nu iets.',
  running: (left) => plural(left, { one: 'Bezig, nog één punt…', other: `Bezig, nog ${left} punten…` }),
  starting: 'Bezig met controleren…',
  done: (problems, notes) => {
    if (problems > 0) return plural(problems, { one: 'We hebben één probleem gevonden.', other: `We hebben ${problems} problemen gevonden.` })
    if (notes > 0) return plural(notes, { one: 'Er is niets stuk. Eén ding is goed om te weten.', other: `Er is niets stuk. ${notes} dingen zijn goed om te weten.` })
    return 'Alles werkt.'
  },
  speaker: 'Geluid afspelen',
  speakerHint: 'Hoor je het? Zo niet, zet het volume hoger of kies een andere luidspreker in de geluidsinstellingen van het systeem.',
  details: 'Wat er is gecontroleerd',
  again: 'Opnieuw controleren',
  report: 'Verslag voor iemand die je helpt',
  reportLead: 'Hierin staat wat er is gecontroleerd, wat eruit kwam en welke browser je gebruikt.',
  include: 'Namen en netwerkadressen toevoegen',
  copyReport: 'Verslag kopiëren',
  milliseconds: (ms) => `${number(ms)} ms`,
  sides: { you: 'Aan jouw kant', relay: 'Bij de relay', them: 'Aan de andere kant', unknown: 'Ergens ertussen', nowhere: '' },
  verdicts: { running: 'wordt gecontroleerd', good: 'goed', note: 'goed om te weten', bad: 'probleem', unknown: 'niet bekend' },
  checks: {
    page: 'Deze pagina', camera: 'Camera', microphone: 'Microfoon', relay: 'Relays', stun: 'Je adres vinden', 'turn-udp': 'Gesprekken via de relay, UDP',
    'turn-tcp': 'Gesprekken via de relay, TCP', 'turn-tls': 'Gesprekken via de relay, TLS', udp: 'UDP in je netwerk', tcp: 'TCP in je netwerk',
    nat: 'Je router', ipv6: 'IPv6', person: 'Mensen',
  },
  results: {
    secure: 'veilig', insecure: 'niet veilig', 'no-webrtc': 'de browser kan niet bellen', offline: 'offline',
    picture: 'geeft beeld', 'no-picture': 'er komt geen beeld', heard: 'we horen je', faint: 'alleen zacht geluid', silent: 'volledig stil',
    unmeasured: 'kon niet luisteren', unanswered: 'nog geen toestemming',
    'permission-refused': 'niet toegestaan', 'device-missing': 'niets gevonden', 'device-busy': 'in gebruik door een ander programma', 'capture-failed': 'startte niet',
    'capture-unsupported': 'hier niet mogelijk',
    reserved: 'verbonden, je bent te vinden', reached: 'antwoordt', 'not-a-relay': 'is geen relay', forbidden: 'niet toegestaan vanaf deze pagina',
    'no-answer': 'geen antwoord', 'none-known': 'geen bekend',
    answered: 'werkt', carried: 'werkt', allocated: 'neemt gesprekken aan, maar geeft niets door', refused: 'weigert',
    open: 'open', blocked: 'geblokkeerd', unknown: 'niet vast te stellen',
    'nat-none': 'zit niet in de weg', 'nat-easy': 'laat rechtstreekse gesprekken door', 'nat-hard': 'maakt rechtstreekse gesprekken lastig',
    'ipv6-yes': 'aanwezig', 'ipv6-no': 'niet aanwezig',
    direct: 'rechtstreeks verbonden', relayed: 'verbonden via een relay', unreachable: 'niet verbonden',
    stopped: 'niet op tijd klaar',
  },
  findings: {
    'page-insecure': () => [
      'Deze pagina is niet veilig, dus de browser verbiedt gesprekken.',
      'Open ze met https, of als localhost op de computer waarop ze draait.',
    ],
    'no-webrtc': () => [
      'Deze browser kan niet bellen: WebRTC staat uit.',
      'Zoek een extensie of instelling die WebRTC blokkeert, of gebruik een andere browser.',
    ],
    'offline': () => [
      'Je bent offline.',
      'Controleer wifi, kabel of mobiele data. Wie op hetzelfde netwerk zit, kun je ook zonder relay bellen: zie de startpagina.',
    ],
    'no-relay-known': () => [
      'Er is geen relay bekend, dus niemand kan je vinden.',
      'Open Parley vanaf de pagina van een relay, of gebruik een link die er een noemt.',
    ],
    'no-relay-answers': () => [
      'Geen enkele relay antwoordt.',
      'Kijk of andere pagina’s opengaan. Zo ja, dan blokkeert je netwerk misschien de relays, of ze liggen allemaal plat: probeer mobiele data, of vraag het aan wie de relay beheert.',
    ],
    'relay-silent': (who) => [`${who} antwoordt niet.`, 'Je hoeft niets te doen zolang een andere werkt. Meld het aan de beheerder.'],
    'not-a-relay': (who) => [
      `${who}: wat op dit adres antwoordt, is geen relay.`,
      'Het adres is verouderd. Vraag het huidige adres.',
    ],
    'relay-slow': (who) => [
      `${who} antwoordt traag: ver weg, of je verbinding heeft het druk.`,
      'Pauzeer downloads. Een relay dichterbij zou helpen.',
    ],
    'not-findable': () => [
      'De relays zijn bereikbaar, maar geen enkele houdt een plaats voor je vrij. Wie je op adres belt, kan jou misschien niet bereiken.',
      'Wacht een minuut en controleer opnieuw. Blijft het zo, dan is de relay vol: meld het aan de beheerder.',
    ],
    'udp-blocked': () => [
      'Je netwerk blokkeert UDP.',
      'Gesprekken moeten dan met TCP via een relay, en dat hapert. Vraag de beheerder van het netwerk om UDP toe te staan, of probeer een ander netwerk, zoals mobiele data.',
    ],
    'udp-unanswered': () => [
      'De relay antwoordt niet via UDP.',
      'Je netwerk blokkeert het, of de firewall van de relay. Gesprekken gaan dan met TCP via de relay en kunnen haperen. Controleer vanaf een ander netwerk, zoals mobiele data. Is het daar ook zo, vraag de beheerder van de relay dan om de UDP-poorten te openen.',
    ],
    'tcp-blocked': () => [
      'Je netwerk laat alleen UDP door. Gesprekken werken, maar relays zijn lastiger te bereiken.',
      'Je hoeft niets te doen zolang gesprekken werken.',
    ],
    'turn-none': () => [
      'Geen van je relays geeft gesprekken door. Mensen in strenge netwerken zijn niet te bereiken.',
      'Gebruik een relay met TURN aan, of vraag het aan de beheerder van de jouwe.',
    ],
    'turn-refused': () => [
      'De relay weigert gesprekken voor je door te geven.',
      'Laad de pagina opnieuw voor een nieuwe toestemming. Blijft het zo, dan is de relay vol of verkeerd ingesteld: meld het aan de beheerder.',
    ],
    'turn-unreachable': () => [
      'De relay biedt aan gesprekken door te geven, maar is daarvoor niet te bereiken. Mensen in strenge netwerken zijn niet te bereiken.',
      'De poorten zijn dicht, of je netwerk blokkeert ze. Controleer vanaf een ander netwerk en meld het dan aan de beheerder van de relay.',
    ],
    'turn-carries-nothing': () => [
      'De relay neemt gesprekken aan, maar geeft niets door.',
      'Meld het aan de beheerder: waarschijnlijk zijn de eigen UDP-poorten van de relay dicht.',
    ],
    'nat-hard': () => [
      'Je router geeft elke gesprekspartner een andere poort, dus sommige gesprekken gaan via een relay.',
      'Gesprekken werken. Probeer een ander netwerk voor betere kwaliteit.',
    ],
    'nat-hard-alone': () => [
      'Je router maakt rechtstreekse gesprekken lastig, en geen relay geeft ze voor je door. Sommige mensen zijn onbereikbaar.',
      'Probeer een ander netwerk, zoals mobiele data, of gebruik een relay met TURN.',
    ],
    'relay-only-alone': () => [
      'Je staat alleen gesprekken via een relay toe, en geen relay geeft ze voor je door. Zo bereik je niemand.',
      'Kies een andere weg in de instellingen, of gebruik een relay met TURN.',
    ],
    'camera-failed': (_who, why) => [`Je camera start niet. ${why}`, ''],
    'camera-dark': () => [
      'Je camera is open maar geeft geen beeld.',
      'Open het klepje of de schakelaar, sluit andere programma’s die de camera gebruiken, of kies een andere.',
    ],
    'camera-unanswered': () => [
      'De browser wacht op je toestemming voor de camera.',
      'Geef die in de vraag van de browser bij het webadres.',
    ],
    'microphone-failed': (_who, why) => [`Je microfoon start niet. ${why}`, ''],
    'microphone-silent': () => [
      'Je microfoon is open maar volledig stil.',
      'Hij is gedempt in het systeem, of met een schakelaar op het apparaat. Hef dat op in de geluidsinstellingen van het systeem, zoek een schakelaar of toets, of kies een andere microfoon.',
    ],
    'microphone-faint': () => [
      'We hoorden bijna niets van je microfoon.',
      'Heb je wel gesproken? Kom dichterbij, zet het niveau hoger in de geluidsinstellingen van het systeem, of kies een andere.',
    ],
    'microphone-unanswered': () => [
      'De browser wacht op je toestemming voor de microfoon.',
      'Geef die in de vraag van de browser bij het webadres.',
    ],
    'muted-here': () => ['Je bent gedempt in Parley.', 'Druk op de microfoonknop als men je moet horen.'],
    'person-unheard': (who) => [
      `Er komt niets terug van ${who}: daar ligt het netwerk plat of is de pagina gesloten.`,
      'Vraag op een andere manier om daar het netwerk te controleren en de pagina opnieuw te laden.',
    ],
    'person-policy': (who) => [
      `Er is geen rechtstreekse weg naar ${who}, en je instellingen staan geen andere toe.`,
      'Sta relays toe in de instellingen, in elk geval voor dit gesprek.',
    ],
    'person-your-side': (who) => [
      `${who} is niet bereikbaar door jouw kant: er komt niets van je netwerk bij anderen aan.`,
      'Bekijk de andere punten hier: er een oplossen is genoeg.',
    ],
    'person-their-side': (who) => [
      `${who} is niet bereikbaar, terwijl aan jouw kant alles goed is.`,
      'Vraag om deze controle daar ook te doen. Daar zegt ze meer.',
    ],
    'person-no-way': (who) => [
      `Er is geen rechtstreekse weg naar ${who}, en geen relay geeft gesprekken voor je door.`,
      'Gebruik een relay met TURN, of aan een van beide kanten een ander netwerk.',
    ],
    'person-relayed': (who) => [
      `Jij en ${who} praten via een relay: er is geen rechtstreekse weg gevonden.`,
      'Gesprekken werken. Een ander netwerk aan een van beide kanten geeft misschien beter beeld.',
    ],
    'person-relayed-tcp': (who) => [
      `Jij en ${who} praten met TCP via een relay, en dat kan haperen.`,
      'Je netwerk blokkeert de betere wegen. Probeer een ander.',
    ],
    'person-slow': (who) => [
      `Wat je zegt, doet er lang over naar ${who} en terug.`,
      'Pauzeer downloads, ga dichter bij je wifi zitten of gebruik een kabel.',
    ],
    'all-fine': () => [
      'Alles wat we kunnen controleren, werkt.',
      'Is er toch nog iets mis, vraag de anderen dan om deze controle ook te doen.',
    ],
  },
  relay: { numbered: (position) => `relay ${position}`, named: (name) => `de relay ${name}`, short: (position) => `Relay ${position}` },
  person: { numbered: (position) => `persoon ${position}`, short: (position) => `Persoon ${position}` },
}
