import type { Sighting } from '../contracts/alert.ts'
import type { Language } from '../contracts/words.ts'
import type { Action, Notice } from '../incidents/notice.ts'
import { ofKind } from '../incidents/notice-kinds.ts'
import { affected, isSeenFromOne, unaffected } from './affected.ts'
import { toGsm7 } from './gsm7.ts'
import type { Message } from './message.ts'
import { personName, plainName, projectName, titleName } from './names.ts'
import { cloudName, shortVantageNames } from './places.ts'
import { duration, shortDuration, timeSeenFrom, utcOffset } from './times.ts'
import { words } from './words.ts'

export type SmsTemplate = 'page' | 'resolved' | 'exhausted'

/** One segment: 70 characters for Chinese, the signature included; 160 in GSM 7-bit. */
export const SEGMENT = { zh: 70, en: 160 }

/** Tencent Cloud InvalidParameterValue.TemplateParameterLengthLimit: one variable ≤ 12 characters. */
const SLOT_CHARACTERS = 12

/** Project, title, where and who; a number, a state or a time cut short would be another one. */
const SHORTENABLE_SLOTS = [1, 2, 5, 6]
const TITLE_SLOT = 2

/**
 * The templates to have approved, the same for every vendor. No two variables touch, each is used once. The texts of
 * the three differ, so that a vendor's limit on the same content does not eat the second message.
 */
export const smsTemplates: Record<Language, Record<SmsTemplate, string>> = {
  zh: {
    page: '值班告警{1}号：{2}项目的{3}处于{4}状态，始于{5}，影响{6}。正在呼叫{7}，请尽快认领。',
    resolved: '值班恢复{1}号：{2}项目的{3}已于{4}恢复，持续{5}，由{6}处理。无需操作。',
    exhausted: '值班告警{1}号无人认领：{2}项目的{3}处于{4}状态，始于{5}，已呼叫{6}次。请立即认领。',
  },
  en: {
    page: 'On-call alert {1}: {2} / {3} is {4} since {5}, affecting {6}. Calling {7}, please acknowledge.',
    resolved: 'On-call recovery {1}: {2} / {3} is fine since {4}, after {5}, handled by {6}. Nothing to do.',
    exhausted: 'On-call alert {1}, NOBODY ANSWERED: {2} / {3} is {4} since {5}, {6} calls made. Please take it now.',
  },
}

/** How each variable of a template is named, in its order, for vendors whose variables have names. */
export const smsVariables: Record<SmsTemplate, string[]> = {
  page: ['number', 'project', 'title', 'state', 'since', 'scope', 'callee'],
  resolved: ['number', 'project', 'title', 'time', 'lasted', 'handler'],
  exhausted: ['number', 'project', 'title', 'state', 'since', 'calls'],
}

/** All templates as such vendors are to approve them: `${number}` in place of `{1}`. */
export function namedTemplates(): Record<Language, Record<SmsTemplate, string>> {
  const of = (language: Language) => ({
    page: named(language, 'page'),
    resolved: named(language, 'resolved'),
    exhausted: named(language, 'exhausted'),
  })
  return { zh: of('zh'), en: of('en') }
}

function named(language: Language, template: SmsTemplate): string {
  return smsTemplates[language][template].replace(
    /\{(\d)\}/g,
    (_, index) => `\${${smsVariables[template][Number(index) - 1]}}`,
  )
}

const phrases = {
  zh: {
    state: { down: '不可用', degraded: '变慢', partial: '局部异常', unknown: '数据中断', alert: '告警' },
    scope: (count: number, all: number) => `${all}处中${count}处`,
    noScope: '待确认',
    everybody: '全体值班人',
    withOthers: (name: string, all: number) => `${name}等${all}人`,
    more: (all: number) => `等${all}项`,
    nobody: '系统自动',
    removed: '移除检查',
    repeat: '可能重复',
  },
  en: {
    state: { down: 'down', degraded: 'slow', partial: 'impaired', unknown: 'without data', alert: 'in alert' },
    scope: (count: number, all: number) => `${count} of ${all}`,
    noScope: 'not known',
    everybody: 'everybody',
    withOthers: (name: string, all: number) => `${name} +${all - 1}`,
    more: (all: number) => ` +${all - 1}`,
    nobody: 'the system',
    removed: 'its removal',
    repeat: 'repeat ',
  },
}

export interface SmsSlots {
  template: SmsTemplate
  /** In the order of the template's variables; each at most 12 characters, without URL, host, IP or dot. */
  params: string[]
}

/**
 * The variables of a message's approved template, short enough that the whole is one segment with `signature`
 * (without its brackets). `approved` says which templates there are: without one for `exhausted` the page's serves.
 * Undefined for notices that no text message tells.
 */
export function smsSlots(message: Message, signature = '', approved?: SmsTemplate[]): SmsSlots | undefined {
  const wanted = ofKind(message.notice.kind).text
  if (!wanted) return undefined
  const template = wanted === 'exhausted' && approved && !approved.includes('exhausted') ? 'page' : wanted
  const text = smsTemplates[message.language][template]
  const fixed = text.replace(/\{\d\}/g, '').length + signed(signature, '').length
  const more = othersOf(message)
  const slots = slotsOf(message, template).map((slot, index) =>
    cutUnits(slot, SLOT_CHARACTERS - (index === TITLE_SLOT ? more.length : 0)),
  )
  const params = shortened(slots, SEGMENT[message.language] - fixed - more.length)
  return { template, params: params.map((slot, index) => (index === TITLE_SLOT ? slot + more : slot)) }
}

function slotsOf(message: Message, template: SmsTemplate): string[] {
  const { notice, language, timezone } = message
  const say = phrases[language]
  const number = (message.repeat ? say.repeat : '') + notice.number
  const about = [number, projectName(notice, language), titleName(notice, language)]
  if (template === 'resolved') {
    const lasted = language === 'zh' ? shortDuration : duration
    return [
      ...about,
      timeSeenFrom(notice.openedAt, notice.at, timezone),
      lasted(notice.at - notice.openedAt, language),
      handler(message),
    ]
  }
  const broken = [...about, say.state[notice.state ?? 'alert'], timeSeenFrom(notice.at, notice.openedAt, timezone)]
  return template === 'exhausted' ? [...broken, String(notice.calls)] : [...broken, scope(message), callee(message)]
}

/** How many incidents a text counts with the one that it names; empty for one alone. */
function othersOf({ digest, language }: Message): string {
  const all = digest?.of.length ?? 1
  return all > 1 ? phrases[language].more(all) : ''
}

/** Who had it: whoever acknowledged, else whoever closed it, else the system. */
function handler({ notice, language }: Message): string {
  const person = notice.acknowledged?.by ?? notice.resolved?.by
  if (person) return personName(person, language)
  // The approved text speaks of a recovery whatever the reason; this is where it can say that there was none.
  return notice.resolved?.via === 'removed' ? phrases[language].removed : phrases[language].nobody
}

function callee({ notice, language }: Message): string {
  const [first] = notice.calling
  if (!first) return phrases[language].everybody
  const name = personName(first, language)
  const others = phrases[language].withOthers(name, notice.calling.length)
  return notice.calling.length === 1 ? name : others.length <= SLOT_CHARACTERS ? others : name
}

/** `广州、杭州` where that fits a slot, else `3处中2处`. */
function scope({ notice, language }: Message): string {
  const say = phrases[language]
  const all = notice.sightings.map((sighting) => sighting.vantage)
  const those = affected(notice).map((sighting) => sighting.vantage)
  const names = shortVantageNames(all, language).filter((_, index) => those.includes(all[index] ?? ''))
  if (names.length === 0) return say.noScope
  const joined = names.map(plainName).join(words[language].list)
  return joined.length <= SLOT_CHARACTERS ? joined : say.scope(names.length, all.length)
}

/** What happened, as a template's variable says it. */
export const smsState = (state: NonNullable<Notice['state']>, language: Language): string =>
  phrases[language].state[state]

/** At most 12 UTF-16 units, never half of a character. */
export const cutSlot = (text: string): string => cutUnits(text, SLOT_CHARACTERS)

function cutUnits(text: string, max: number): string {
  let kept = ''
  for (const character of text) {
    if (kept.length + character.length > max) break
    kept += character
  }
  return kept.trim()
}

/** Shortens the longest names first, one character at a time, until all slots together fit `room`. */
function shortened(slots: string[], room: number): string[] {
  const fitted = [...slots]
  const less = (index: number): string => cutUnits(fitted[index] ?? '', (fitted[index] ?? '').length - 1)
  while (fitted.join('').length > room) {
    const [longest] = SHORTENABLE_SLOTS.filter((index) => less(index) !== '').sort(
      (a, b) => (fitted[b] ?? '').length - (fitted[a] ?? '').length,
    )
    if (longest === undefined) break
    fitted[longest] = less(longest)
  }
  return fitted
}

const signed = (signature: string, text: string): string => (signature ? `【${signature}】${text}` : text)

/**
 * The whole text, one segment long, for what sends free text or shows what was sent. Chinese is the filled template
 * with its signature; English is GSM 7-bit. Undefined for notices that no text message tells.
 */
export function smsText(message: Message, signature = ''): string | undefined {
  if (message.language === 'en') return englishText(message)
  const slots = smsSlots(message, signature)
  if (!slots) return undefined
  const template = smsTemplates.zh[slots.template]
  return signed(
    signature,
    template.replace(/\{(\d)\}/g, (_, index) => slots.params[Number(index) - 1] ?? ''),
  )
}

function englishText(message: Message): string | undefined {
  const template = ofKind(message.notice.kind).text
  if (!template) return undefined
  for (const limit of [40, 24, 16, SLOT_CHARACTERS, 8]) {
    for (const scope of [cloudScope(message), countScope(message), '']) {
      const text = toGsm7(englishSentence(message, template, scope, limit))
      if (text.length <= SEGMENT.en) return text
    }
  }
  return toGsm7(englishSentence(message, template, '', 8)).slice(0, SEGMENT.en)
}

function englishSentence(message: Message, template: SmsTemplate, scope: string, limit: number): string {
  const { notice, timezone, repeat } = message
  const say = words.en
  const name = (text: string): string => cutUnits(text, limit)
  const about = `${name(projectName(notice, 'en'))} / ${name(titleName(notice, 'en'))}${othersOf(message)}`
  const start = `FENGHUO ${notice.number}${repeat ? ' (repeat?)' : ''}`
  if (template === 'resolved') {
    const at = `${timeSeenFrom(notice.openedAt, notice.at, timezone)} (${utcOffset(notice.at, timezone)})`
    const by = handledBy(notice.acknowledged ?? notice.resolved, name)
    if (notice.resolved?.via === 'removed') return `${start} NO LONGER CHECKED: ${about} at ${at}. Nothing to do.`
    return `${start} RECOVERED: ${about} at ${at}, after ${duration(notice.at - notice.openedAt, 'en')}. ${by} Nothing to do.`
  }
  const since = `${timeSeenFrom(notice.at, notice.openedAt, timezone)} (${utcOffset(notice.openedAt, timezone)})`
  const what = `${about} ${say.state[notice.state ?? 'alert']} since ${since}.`
  const severity = say.severity[notice.severity]
  if (template === 'exhausted') {
    const many = `${notice.calls} ${notice.calls === 1 ? 'call' : 'calls'}`
    return `${start} ${severity}, NOBODY ANSWERED: ${what} ${many} made. Ack it now in chat.`
  }
  const calling = name(callee({ ...message, language: 'en' }))
  if (notice.withoutPhone) return `${start} ${severity}: ${what}${scope} Told: ${calling}. No call: ack in chat.`
  return `${start} ${severity}: ${what}${scope} Calling ${calling}. Ack: by the key in the call, or in chat.`
}

const handledBy = (action: Action | undefined, name: (text: string) => string): string =>
  action?.by ? `Handled by ${name(personName(action.by, 'en'))}.` : 'By itself.'

/** ` Tencent, Alibaba fail; AWS OK.`, or nothing where a cloud both fails and is fine. */
function cloudScope({ notice }: Message): string {
  if (isSeenFromOne(notice)) return ''
  const clouds = (sightings: Sighting[]) => [...new Set(sightings.map(({ vantage }) => cloudName(vantage, 'en')))]
  const failing = clouds(affected(notice))
  const fine = clouds(unaffected(notice))
  if (failing.length === 0 || failing.some((cloud) => fine.includes(cloud))) return ''
  return ` ${failing.join(', ')} fail${fine.length > 0 ? `; ${fine.join(', ')} OK` : ''}.`
}

function countScope({ notice }: Message): string {
  const all = notice.sightings.length
  if (isSeenFromOne(notice)) return ` Seen from 1 of ${all} vantages.`
  return all > 1 ? ` ${affected(notice).length} of ${all} vantages fail.` : ''
}
