/** One scene, named in the address as `?scene=call-two`, and `&scheme=dark` for either scheme. Says on the document when it stands. */
import { tokens } from '../../src/ui/tokens.ts'
import '../ui/harness.ts'
import { Play } from './play.ts'
import { SCENES } from './scenes.ts'

Object.assign(window, { scenes: Object.keys(SCENES) })
const asked = new URLSearchParams(location.search)
const name = asked.get('scene') ?? ''
const scheme = asked.get('scheme')
if (scheme !== null) setScheme(scheme)
try {
  await SCENES[name]?.show(new Play(window.harness))
  document.documentElement.dataset['scene'] = 'stands'
} catch (error) {
  document.documentElement.dataset['scene'] = String(error)
}

/** As if the person preferred this scheme: frames of one page cannot differ in that otherwise. */
function setScheme(wanted: string): void {
  const sheets = [...document.styleSheets, ...tokens.styleSheet === undefined ? [] : [tokens.styleSheet]]
  for (const rule of sheets.flatMap(({ cssRules }) => [...cssRules])) {
    if (rule instanceof CSSMediaRule && rule.conditionText.includes('prefers-color-scheme')) rule.media.mediaText = rule.conditionText.includes(wanted) ? 'all' : 'not all'
    if (rule instanceof CSSStyleRule && rule.style.colorScheme !== '') rule.style.colorScheme = wanted
  }
}
