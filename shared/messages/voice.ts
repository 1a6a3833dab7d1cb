import type { KeyMenu, PhoneKeys } from '../contracts/phone-keys.ts'
import { bySeverity, type Instant, type Language } from '../contracts/words.ts'
import { incidentStates, type Notice } from '../incidents/notice.ts'
import { affected, isSeenFromOne, unaffected } from './affected.ts'
import { cutCharacters } from './cut.ts'
import { nameIn, plainName, projectName, titleName } from './names.ts'
import { spokenNumber } from './numbers.ts'
import { cloudName, vantageName } from './places.ts'
import { shortDuration, spokenDuration } from './times.ts'
import { words } from './words.ts'

/** Amazon Connect, MessageParticipant and GetParticipantInput: `Text` is billed up to 3000 characters. */
const SPOKEN_CHARACTERS = 3000

/** More incidents than this are not read out one by one. */
const LISTED_INCIDENTS = 10

/** More vantages than this are counted when spoken. */
const NAMED_VANTAGES = 3

const stateWords = {
  zh: { down: '不可用', degraded: '变慢', partial: '局部异常', unknown: '数据中断', alert: '告警' },
  en: { down: 'down', degraded: 'slow', partial: 'impaired', unknown: 'without data', alert: 'in alert' },
}
/** What has happened to a thing, as a voice says it. */
export const stateOf = (notice: Notice, language: Language): string => stateWords[language][notice.state ?? 'alert']

/** Plain text that a flow may take as it is: no `$`, so no JSONPath, and nothing that looks like a tag. */
const spoken = (text: string): string => cutCharacters(text.replace(/[$<>&]/g, ' '), SPOKEN_CHARACTERS, '')

/** What a call says first. One incident is told whole; of several, how many and the worst. `now` dates them. */
export function sayPage(notices: Notice[], language: Language, now: Instant, keys: PhoneKeys): string {
  const [first, ...others] = worstFirst(notices)
  if (!first) return ''
  return spoken(
    others.length > 0
      ? sayCount(first, notices, language) + sayMenu('count', keys, language)
      : sayOne(first, language, now) + sayMenu('one', keys, language),
  )
}

/** What is said after the key `list`: each of several incidents, worst first, then the menu again. */
export function sayList(notices: Notice[], language: Language, now: Instant, keys: PhoneKeys): string {
  const sorted = worstFirst(notices)
  const each = sorted.slice(0, LISTED_INCIDENTS).map((notice) => sayShort(notice, language, now))
  const more = sorted.length - each.length
  if (more > 0) each.push(language === 'zh' ? `另有${more}个。` : `And ${more} more. `)
  return spoken(each.join('') + sayMenu('list', keys, language))
}

/** What is said after the key `acknowledge`: which incident, or how many, somebody has now. */
export function sayAcknowledged(notices: Notice[], language: Language): string {
  const what = sayWhich(notices, language)
  return language === 'zh' ? `已认领${what}，再见。` : `Acknowledged, ${what}. Goodbye.`
}

/** What is said after the key `snooze`: which incident, or how many, somebody has for an hour. */
export function sayPutOff(notices: Notice[], language: Language): string {
  const what = sayWhich(notices, language)
  if (language === 'zh') return `已认领${what}一小时，到时未恢复将再次呼叫，再见。`
  return `Acknowledged for an hour, ${what}. We will call again if it goes on. Goodbye.`
}

/** The number of the one incident, or how many there are. */
function sayWhich(notices: Notice[], language: Language): string {
  const [first] = notices
  if (notices.length > 1 || !first)
    return language === 'zh' ? `${notices.length}个告警` : `${spokenNumber(notices.length)} alerts`
  return language === 'zh' ? `${first.number}号` : spokenNumber(first.number)
}

/**
 * What is said after the key `pass`: who is called `next`. Without one there is no next layer, and the others are told that nobody has
 * taken it.
 */
export function sayPassed(next: string | undefined, language: Language): string {
  if (next === undefined)
    return language === 'zh' ? '好的，将继续通知其他人，再见。' : 'All right, others will be told. Goodbye.'
  const name = nameIn(language, next)
  return language === 'zh' ? `已转给${name ?? '下一位'}，再见。` : `Passed to ${name ?? 'the next one'}. Goodbye.`
}

/** What is said when the last menu has ended without a key. */
export const sayNoKey = (language: Language): string =>
  language === 'zh'
    ? '没有收到按键，稍后将再次呼叫或转给下一位。'
    : 'No key received. We will call again or pass it on.'

/** The call was answered after somebody else had acknowledged, or the incident was over. */
export function sayTaken(name: string | undefined, language: Language): string {
  const by = nameIn(language, name ?? '')
  if (language === 'zh') return by ? `${by}已认领，无需处理，再见。` : '告警已处理，无需操作，再见。'
  return by ? `${by} has it. Nothing to do. Goodbye.` : 'It is taken care of. Nothing to do. Goodbye.'
}

/** What is said when a key press could not be written down. */
export const sayFailed = (language: Language): string =>
  language === 'zh' ? '系统还没有记录您的按键，请再按一次。' : 'Your key is not recorded yet. Please press it again.'

/** The keys that a menu offers: `认领请按1，重听请按2。`, `Press 1 to take it, 2 to repeat.` Empty if it offers none. */
export function sayMenu(of: KeyMenu, keys: PhoneKeys, language: Language): string {
  const offered = keys
    .filter((row) => row.offered.includes(of))
    .map((row) => ({ key: row.key, does: (of === 'one' ? row.menu : (row.menuOfAll ?? row.menu))[language] }))
  if (offered.length === 0) return ''
  if (language === 'zh') return `${offered.map(({ key, does }) => `${does}请按${key}`).join('，')}。`
  return `Press ${offered.map(({ key, does }) => `${key} to ${does}`).join(', ')}.`
}

function sayOne(notice: Notice, language: Language, now: Instant): string {
  const project = projectName(notice, language)
  const title = titleName(notice, language)
  const { failing, fine } = scope(notice, language)
  const failingNames = joined(failing, language)
  const all = notice.sightings.length
  if (language === 'zh') {
    const where =
      (failing.length > 0 ? `，影响${failingNames}` : '') + (isSeenFromOne(notice) ? `，${all}处中仅1处有数据` : '')
    const state = stateOf(notice, 'zh')
    return `值班告警${notice.number}号：${project}项目的${title}${state}${where}，${lasted(notice, 'zh', now)}。`
  }
  const where = failing.length > 0 ? ` from ${failingNames}` : ''
  const others = fine.length > 0 ? ` ${joined(fine, language)} ${fine.length > 1 ? 'are' : 'is'} fine.` : ''
  const rest = isSeenFromOne(notice) ? ` Seen from 1 of ${all} places.` : others
  const state = stateOf(notice, 'en')
  return (
    `On-call alert ${spokenNumber(notice.number)}. ` +
    `${capital(project)}: ${title} is ${state}${where}, ${lasted(notice, 'en', now)}.${rest} `
  )
}

function sayShort(notice: Notice, language: Language, now: Instant): string {
  const project = projectName(notice, language)
  const title = titleName(notice, language)
  const state = stateOf(notice, language)
  if (language === 'zh') return `${notice.number}号，${project}项目的${title}${state}，${lasted(notice, 'zh', now)}。`
  return `${capital(spokenNumber(notice.number))}. ${capital(project)}: ${title} ${state}, ${lasted(notice, 'en', now)}. `
}

/** `支付项目有5个告警，最严重的是收银台不可用。` */
function sayCount(worst: Notice, all: Notice[], language: Language): string {
  const projects = new Set(all.map((notice) => notice.project)).size
  const project = projectName(worst, language)
  const title = titleName(worst, language)
  const state = stateOf(worst, language)
  if (language === 'zh') {
    const where = projects === 1 ? `${project}项目有` : `${project}等${projects}个项目有`
    return `${where}${all.length}个告警，最严重的是${title}${state}。`
  }
  const more = projects === 1 ? '' : ` and ${spokenNumber(projects - 1)} more`
  const count = capital(spokenNumber(all.length))
  return `${count} alerts in ${capital(project)}${more}. Worst: ${title} ${state}. `
}

function lasted(notice: Notice, language: Language, now: Instant): string {
  return (language === 'zh' ? '已持续' : 'for ') + lastedSo(notice, language, now)
}

/** `不到1分钟`, `3 minutes`. */
export function lastedSo({ openedAt }: Notice, language: Language, now: Instant): string {
  const ms = now - openedAt
  if (language === 'zh') return ms < 60_000 ? '不到1分钟' : shortDuration(ms, 'zh')
  return ms < 60_000 ? 'less than a minute' : spokenDuration(ms)
}

/** Where it fails and where not: the names of clouds where those tell them apart, else of vantages; of many, how many, as one entry. */
export function scope(notice: Notice, language: Language): { failing: string[]; fine: string[] } {
  const all = notice.sightings.length
  const failing = affected(notice).map(({ vantage }) => vantage)
  if (failing.length === 0) return { failing: [], fine: [] }
  const fine = unaffected(notice).map(({ vantage }) => vantage)
  const clouds = new Set(failing.map((vantage) => cloudName(vantage, 'en')))
  const byCloud = language === 'en' && !fine.some((vantage) => clouds.has(cloudName(vantage, 'en')))
  const name = (vantage: string): string => (byCloud ? cloudName : vantageName)(vantage, language)
  return { failing: named(failing.map(name), all, language), fine: named(fine.map(name), all, language) }
}

function named(names: string[], all: number, language: Language): string[] {
  const distinct = [...new Set(names.map(speakable))]
  if (distinct.length <= NAMED_VANTAGES) return distinct
  return [language === 'zh' ? `${all}处中${names.length}处` : `${names.length} of ${all} places`]
}

/** `北京、广州和东京`, `Beijing, Guangzhou and Tokyo`; empty without names. `comma` parts all but the last. */
export function joined(names: string[], language: Language, comma: string = words[language].list): string {
  const before = names.slice(0, -1).join(comma)
  const last = names.at(-1) ?? ''
  return before ? `${before}${language === 'zh' ? '和' : ' and '}${last}` : last
}

const speakable = (name: string): string => plainName(name).replace(/\s+/g, ' ')

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const stateOrder = [...incidentStates, undefined]

/** By severity, then state, then the oldest. */
export function worstFirst(notices: Notice[]): Notice[] {
  return notices.toSorted(
    (a, b) =>
      bySeverity(a.severity, b.severity) ||
      stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state) ||
      a.openedAt - b.openedAt,
  )
}
