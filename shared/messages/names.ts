import type { Language } from '../contracts/words.ts'
import type { Notice, PersonName } from '../incidents/notice.ts'
import { parseReference } from '../incidents/reference.ts'
import { oneLine, whole } from './cut.ts'
import { summaryIn, titleIn } from './facts.ts'
import { toGsm7 } from './gsm7.ts'

const url = /\b[a-z][a-z0-9+.-]*:\/\/\S*/gi
const ipv6 = /(?:[0-9a-f]{1,4}:){3,}[0-9a-f:.]*|\b[0-9a-f:]*::[0-9a-f:.]*/gi
const ipv4 = /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g
const host = /([\p{L}\p{N}-]+)(?:\.[\p{L}\p{N}-]+)*\.\p{L}[\p{L}\p{N}-]+(?::\d+)?/gu

/** Of a longer text nothing is read: to look for hosts takes a time that grows with the square of a word's length. */
const READ_CHARACTERS = 400

/**
 * A name without what mainland templates forbid in a variable and a voice can't say: URLs and IP addresses go, a host
 * name keeps its first label, everything but letters, digits, spaces and hyphens becomes a space.
 */
export function plainName(text: string): string {
  const bare = whole(text.slice(0, READ_CHARACTERS))
    .normalize('NFC')
    .replace(url, ' ')
    .replace(ipv6, ' ')
    .replace(ipv4, ' ')
    .replace(host, '$1')
    .replace(/[^\p{L}\p{N}\- ]+/gu, ' ')
  return oneLine(bare, 40)
}

/** A name as the language can say it; undefined when nothing is left: English has no Chinese characters. */
export function nameIn(language: Language, name: string): string | undefined {
  const plain = plainName(language === 'en' ? toGsm7(name) : name)
  return /[\p{L}\p{N}]/u.test(plain) ? plain : undefined
}

/** A project as a text message or a voice names it. */
export function projectName(notice: Notice, language: Language): string {
  const name = nameIn(language, notice.projectTitle) ?? nameIn(language, notice.project)
  if (language === 'en') return name ?? 'project'
  return name?.replace(/(?<=.)项目$/, '') ?? '未命名'
}

/** What approved SMS templates take in a variable, and what somebody woken at night can take in. */
const SAYABLE_CHARACTERS = 12

/** What broke, as a text message or a voice names it: its title, else the last part of its group key; at most twelve characters. */
export function titleName(notice: Notice, language: Language): string {
  const { groupKey } = parseReference(notice.incident)
  const candidates = [titleIn(language, notice), groupKey.split('/').at(-1) ?? '', summaryIn(language, notice)]
  const name = candidates.map((text) => nameIn(language, text)).find((text) => text !== undefined)
  return name === undefined ? (language === 'zh' ? '服务' : 'service') : sayable(name)
}

/** The beginning of a name, without half a word where words have spaces. */
function sayable(name: string): string {
  const characters = [...name]
  const cut = characters.slice(0, SAYABLE_CHARACTERS).join('')
  if (characters.length <= SAYABLE_CHARACTERS || characters[SAYABLE_CHARACTERS] === ' ') return cut.trim()
  const lastSpace = cut.lastIndexOf(' ')
  return lastSpace > 0 ? cut.slice(0, lastSpace) : cut
}

/** A person as a text message names them. */
export const personName = (person: PersonName, language: Language): string =>
  nameIn(language, person.name) ?? nameIn(language, person.contact) ?? (language === 'zh' ? '值班人' : 'on call')
