import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { number, plural } = formats('de')

export const doctor: Language['doctor'] = {
  title: 'Verbindung prüfen',
  lead: 'Dies öffnet kurz Ihre Kamera und Ihr Mikrofon und fragt die Relays, die Sie benutzen. Niemand sieht oder hört Sie, und nichts wird gespeichert. Es dauert weniger als eine Minute.',
  speak: 'Bitte sagen Sie jetzt etwas.',
  running: (left) => plural(left, { one: 'Prüfung läuft, noch ein Punkt…', other: `Prüfung läuft, noch ${left} Punkte…` }),
  starting: 'Prüfung läuft…',
  done: (problems, notes) => {
    if (problems > 0) return plural(problems, { one: 'Wir haben ein Problem gefunden.', other: `Wir haben ${problems} Probleme gefunden.` })
    if (notes > 0) return plural(notes, { one: 'Nichts ist kaputt. Eines ist gut zu wissen.', other: `Nichts ist kaputt. ${notes} Dinge sind gut zu wissen.` })
    return 'Alles funktioniert.'
  },
  speaker: 'Ton abspielen',
  speakerHint: 'Hören Sie ihn? Wenn nicht, stellen Sie lauter, oder wählen Sie in den Toneinstellungen des Systems einen anderen Lautsprecher.',
  details: 'Was geprüft wurde',
  again: 'Noch einmal prüfen',
  report: 'Bericht für jemanden, der Ihnen hilft',
  reportLead: 'Darin steht, was geprüft wurde und was dabei herauskam, und welchen Browser Sie benutzen.',
  include: 'Namen und Netzwerkadressen hinzufügen',
  copyReport: 'Bericht kopieren',
  milliseconds: (ms) => `${number(ms)} ms`,
  sides: { you: 'Auf Ihrer Seite', relay: 'Beim Relay', them: 'Auf der anderen Seite', unknown: 'Irgendwo dazwischen', nowhere: '' },
  verdicts: { running: 'wird geprüft', good: 'gut', note: 'gut zu wissen', bad: 'Problem', unknown: 'nicht bekannt' },
  checks: {
    page: 'Diese Seite', camera: 'Kamera', microphone: 'Mikrofon', relay: 'Relays', stun: 'Ihre Adresse finden', 'turn-udp': 'Gespräche über das Relay, UDP',
    'turn-tcp': 'Gespräche über das Relay, TCP', 'turn-tls': 'Gespräche über das Relay, TLS', udp: 'UDP in Ihrem Netz', tcp: 'TCP in Ihrem Netz',
    nat: 'Ihr Router', ipv6: 'IPv6', person: 'Personen',
  },
  results: {
    secure: 'sicher', insecure: 'nicht sicher', 'no-webrtc': 'der Browser kann keine Gespräche', offline: 'offline',
    picture: 'liefert ein Bild', 'no-picture': 'es kommt kein Bild', heard: 'wir hören Sie', faint: 'nur leise Töne', silent: 'völlige Stille',
    unmeasured: 'konnte nicht hören', unanswered: 'noch keine Erlaubnis',
    'permission-refused': 'nicht erlaubt', 'device-missing': 'nichts gefunden', 'device-busy': 'von anderem Programm benutzt', 'capture-failed': 'nicht gestartet',
    'capture-unsupported': 'hier nicht möglich',
    reserved: 'verbunden, Sie sind zu finden', reached: 'antwortet', 'not-a-relay': 'ist kein Relay', forbidden: 'von dieser Seite nicht erlaubt',
    'no-answer': 'keine Antwort', 'none-known': 'keines bekannt',
    answered: 'geht', carried: 'geht', allocated: 'nimmt Gespräche an, überträgt aber nichts', refused: 'lehnt ab',
    open: 'offen', blocked: 'gesperrt', unknown: 'nicht festzustellen',
    'nat-none': 'nicht im Weg', 'nat-easy': 'lässt direkte Gespräche durch', 'nat-hard': 'erschwert direkte Gespräche',
    'ipv6-yes': 'vorhanden', 'ipv6-no': 'nicht vorhanden',
    direct: 'direkt verbunden', relayed: 'über ein Relay verbunden', unreachable: 'nicht verbunden',
    stopped: 'nicht rechtzeitig fertig',
  },
  findings: {
    'page-insecure': () => [
      'Diese Seite ist nicht sicher, darum verbietet der Browser Gespräche.',
      'Öffnen Sie sie mit https oder als localhost auf dem Rechner, auf dem sie läuft.',
    ],
    'no-webrtc': () => [
      'Dieser Browser kann keine Gespräche führen: WebRTC ist ausgeschaltet.',
      'Suchen Sie nach einer Erweiterung oder Einstellung, die WebRTC sperrt, oder nehmen Sie einen anderen Browser.',
    ],
    'offline': () => [
      'Sie sind offline.',
      'Prüfen Sie WLAN, Kabel oder mobile Daten. Wer im selben Netz ist, ist auch ohne Relay erreichbar: siehe Startseite.',
    ],
    'no-relay-known': () => [
      'Kein Relay ist bekannt, darum findet Sie niemand.',
      'Öffnen Sie Parley von der Seite eines Relays, oder nehmen Sie einen Link, der eines nennt.',
    ],
    'no-relay-answers': () => [
      'Kein Relay antwortet.',
      'Prüfen Sie, ob andere Seiten sich öffnen. Wenn ja, sperrt vielleicht Ihr Netz die Relays, oder alle sind ausgefallen: Versuchen Sie es mit mobilen Daten, oder fragen Sie, wer das Relay betreibt.',
    ],
    'relay-silent': (who) => [`${who} antwortet nicht.`, 'Nichts zu tun, solange ein anderes geht. Sagen Sie es denen, die es betreiben.'],
    'not-a-relay': (who) => [
      `${who}: Was unter dieser Adresse antwortet, ist kein Relay.`,
      'Die Adresse ist veraltet. Fragen Sie nach der jetzigen.',
    ],
    'relay-slow': (who) => [
      `${who} antwortet langsam: Es ist weit weg, oder Ihre Verbindung ist ausgelastet.`,
      'Halten Sie Downloads an. Ein näheres Relay würde helfen.',
    ],
    'not-findable': () => [
      'Die Relays antworten, aber keines hält einen Platz für Sie. Wen Sie per Adresse anrufen, der erreicht Sie vielleicht nicht.',
      'Warten Sie eine Minute und prüfen Sie noch einmal. Bleibt es so, ist das Relay voll: Sagen Sie es denen, die es betreiben.',
    ],
    'udp-blocked': () => [
      'Ihr Netz sperrt UDP.',
      'Gespräche müssen dann mit TCP über ein Relay, und das ruckelt. Bitten Sie darum, dass Ihr Netz UDP erlaubt, oder versuchen Sie ein anderes, etwa mobile Daten.',
    ],
    'udp-unanswered': () => [
      'Das Relay antwortet nicht über UDP.',
      'Ihr Netz sperrt es, oder die Firewall des Relays. Gespräche gehen dann mit TCP über das Relay und ruckeln vielleicht. Prüfen Sie aus einem anderen Netz, etwa mit mobilen Daten. Ist es dort genauso, bitten Sie die Betreiber des Relays, seine UDP-Ports zu öffnen.',
    ],
    'tcp-blocked': () => [
      'Ihr Netz lässt nur UDP durch. Gespräche gehen, aber Relays sind schwerer zu erreichen.',
      'Nichts zu tun, solange Gespräche gehen.',
    ],
    'turn-none': () => [
      'Keines Ihrer Relays überträgt Gespräche. Menschen in strengen Netzen sind nicht erreichbar.',
      'Nehmen Sie ein Relay mit eingeschaltetem TURN, oder bitten Sie die Betreiber des Ihren darum.',
    ],
    'turn-refused': () => [
      'Das Relay lehnt es ab, Gespräche für Sie zu übertragen.',
      'Laden Sie die Seite neu, um eine neue Erlaubnis zu bekommen. Bleibt es so, ist das Relay voll oder falsch eingerichtet: Sagen Sie es denen, die es betreiben.',
    ],
    'turn-unreachable': () => [
      'Das Relay bietet an, Gespräche zu übertragen, ist dafür aber nicht erreichbar. Menschen in strengen Netzen sind nicht erreichbar.',
      'Seine Ports sind geschlossen, oder Ihr Netz sperrt sie. Prüfen Sie aus einem anderen Netz, und sagen Sie es dann denen, die das Relay betreiben.',
    ],
    'turn-carries-nothing': () => [
      'Das Relay nimmt Gespräche an, überträgt aber nichts.',
      'Sagen Sie es denen, die es betreiben: Wahrscheinlich sind seine eigenen UDP-Ports geschlossen.',
    ],
    'nat-hard': () => [
      'Ihr Router gibt jedem Gegenüber einen anderen Port, darum gehen manche Gespräche über ein Relay.',
      'Gespräche gehen. Für bessere Qualität versuchen Sie ein anderes Netz.',
    ],
    'nat-hard-alone': () => [
      'Ihr Router erschwert direkte Gespräche, und kein Relay überträgt sie für Sie. Manche sind nicht erreichbar.',
      'Versuchen Sie ein anderes Netz, etwa mobile Daten, oder nehmen Sie ein Relay mit TURN.',
    ],
    'relay-only-alone': () => [
      'Sie erlauben Gespräche nur über ein Relay, und kein Relay überträgt sie für Sie. So erreichen Sie niemanden.',
      'Wählen Sie in den Einstellungen einen anderen Weg, oder nehmen Sie ein Relay mit TURN.',
    ],
    'camera-failed': (_who, why) => [`Ihre Kamera startet nicht. ${why}`, ''],
    'camera-dark': () => [
      'Ihre Kamera ist offen, liefert aber kein Bild.',
      'Öffnen Sie ihre Abdeckung oder ihren Schalter, schließen Sie andere Programme, die sie benutzen, oder wählen Sie eine andere.',
    ],
    'camera-unanswered': () => [
      'Der Browser wartet darauf, dass Sie die Kamera erlauben.',
      'Erlauben Sie sie in der Frage des Browsers nahe der Seitenadresse.',
    ],
    'microphone-failed': (_who, why) => [`Ihr Mikrofon startet nicht. ${why}`, ''],
    'microphone-silent': () => [
      'Ihr Mikrofon ist offen, aber völlig still.',
      'Es ist im System oder durch einen Schalter am Gerät stummgeschaltet. Heben Sie das in den Toneinstellungen auf, suchen Sie einen Schalter oder eine Taste, oder wählen Sie ein anderes Mikrofon.',
    ],
    'microphone-faint': () => [
      'Wir haben von Ihrem Mikrofon kaum etwas gehört.',
      'Falls Sie gesprochen haben: Kommen Sie näher, stellen Sie es in den Toneinstellungen lauter, oder wählen Sie ein anderes.',
    ],
    'microphone-unanswered': () => [
      'Der Browser wartet darauf, dass Sie das Mikrofon erlauben.',
      'Erlauben Sie es in der Frage des Browsers nahe der Seitenadresse.',
    ],
    'muted-here': () => ['Sie sind in Parley stummgeschaltet.', 'Drücken Sie die Mikrofontaste, wenn man Sie hören soll.'],
    'person-unheard': (who) => [
      `Von ${who} kommt nichts zurück: Dort ist das Netz ausgefallen oder die Seite geschlossen.`,
      'Bitten Sie auf anderem Weg darum, dort das Netz zu prüfen und die Seite neu zu laden.',
    ],
    'person-policy': (who) => [
      `Es gibt keinen direkten Weg zu ${who}, und Ihre Einstellungen erlauben keinen anderen.`,
      'Erlauben Sie Relays in den Einstellungen, wenigstens für dieses Gespräch.',
    ],
    'person-your-side': (who) => [
      `${who} ist wegen Ihrer Seite nicht erreichbar: Aus Ihrem Netz kommt nichts zu anderen.`,
      'Sehen Sie die anderen Punkte hier an: Einen davon zu lösen genügt.',
    ],
    'person-their-side': (who) => [
      `${who} ist nicht erreichbar, obwohl bei Ihnen alles in Ordnung ist.`,
      'Bitten Sie darum, diese Prüfung auch dort zu machen. Dort sagt sie mehr.',
    ],
    'person-no-way': (who) => [
      `Es gibt keinen direkten Weg zu ${who}, und kein Relay überträgt Gespräche für Sie.`,
      'Nehmen Sie ein Relay mit TURN, oder auf einer der beiden Seiten ein anderes Netz.',
    ],
    'person-relayed': (who) => [
      `Sie und ${who} sprechen über ein Relay: Ein direkter Weg fand sich nicht.`,
      'Gespräche gehen. Ein anderes Netz auf einer der beiden Seiten gibt vielleicht ein besseres Bild.',
    ],
    'person-relayed-tcp': (who) => [
      `Sie und ${who} sprechen mit TCP über ein Relay, das ruckelt vielleicht.`,
      'Ihr Netz sperrt die besseren Wege. Versuchen Sie ein anderes.',
    ],
    'person-slow': (who) => [
      `Was Sie sagen, braucht lange bis zu ${who} und zurück.`,
      'Halten Sie Downloads an, gehen Sie näher an Ihr WLAN, oder nehmen Sie ein Kabel.',
    ],
    'all-fine': () => [
      'Alles, was wir prüfen können, funktioniert.',
      'Wenn trotzdem etwas nicht stimmt, bitten Sie die anderen, diese Prüfung auch zu machen.',
    ],
  },
  relay: { numbered: (position) => `Relay ${position}`, named: (name) => `das Relay ${name}`, short: (position) => `Relay ${position}` },
  person: { numbered: (position) => `Person ${position}`, short: (position) => `Person ${position}` },
}
