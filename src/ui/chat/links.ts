/** Finding links in text, and showing honestly where they lead. Nothing is ever fetched. */

/** A place in text that is a link. */
export interface FoundLink {
  /** Where it begins, and how much of the text it is. */
  at: number
  length: number
  /** What to open. */
  url: string
  /** What to show: what was typed, unless that would hide where it leads. */
  shown: string
}

const CANDIDATE = /(?<![\p{L}\p{N}_])(?:https?:\/\/|mailto:)[^\s<>"\p{Cc}]{1,2000}/giu
/** What ends a sentence and not an address. */
const TRAILING = /[.,;:!?'*_~`…。，、）」]+$/u
const MAIL = /^mailto:[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9.-]+$/i
const PLAIN = /^[\x21-\x7E]+$/
/** Cannot be seen, turns text around, or looks like a character that ends a host. */
const DECEPTIVE = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2044\u2215\u29F8\uFF0F\uFF1F\uFF03\u2024\uFE52\uFF0E\u3002]/u

/** The links of a text, in their order: of http, https and mail, with a host, and without a name or password before it. */
export function findLinks(text: string): FoundLink[] {
  const found: FoundLink[] = []
  for (const { 0: candidate, index } of text.matchAll(CANDIDATE)) {
    const typed = withoutTail(candidate)
    const target = targetOf(typed)
    if (target !== null) found.push({ at: index, length: typed.length, ...target })
  }
  return found
}

function withoutTail(candidate: string): string {
  for (let typed = candidate; ;) {
    const shorter = typed.replace(TRAILING, '').replace(/[)\]}]$/, (close) => {
      const open = { ')': '(', ']': '[', '}': '{' }[close] ?? ''
      return count(typed, open) < count(typed, close) ? '' : close
    })
    if (shorter === typed) return typed
    typed = shorter
  }
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1
}

function targetOf(typed: string): Pick<FoundLink, 'url' | 'shown'> | null {
  if (MAIL.test(typed)) return { url: typed, shown: typed }
  if (!URL.canParse(typed)) return null
  const { protocol, username, password, hostname, origin, href } = new URL(typed)
  // What stands before an @ is made to look like the host.
  if ((protocol !== 'http:' && protocol !== 'https:') || hostname === '' || username !== '' || password !== '') return null
  if (PLAIN.test(typed) && !hostname.split('.').some((label) => label.startsWith('xn--'))) return { url: href, shown: typed }
  // The host as the name service sees it: letters of other scripts look like those of ours.
  return { url: href, shown: origin + readable(href.slice(origin.length)) }
}

/** A path in its own script, unless something in it would deceive. */
function readable(path: string): string {
  try {
    const decoded = decodeURI(path)
    return DECEPTIVE.test(decoded) ? path : decoded
  } catch {
    // Not UTF-8; as it is, it can be read too.
    return path
  }
}
