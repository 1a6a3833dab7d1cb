import type { Fact } from '../contracts/fact.ts'
import type { Instant, Language } from '../contracts/words.ts'
import { checkFactIn } from './check-facts.ts'
import type { Composition, Line } from './composition.ts'
import { oneLine } from './cut.ts'
import { nameIn } from './names.ts'
import { shortVantageNames, vantageName } from './places.ts'
import { plain } from './plain.ts'
import { cutSlot, smsState } from './sms.ts'
import { clockTime, day, timeSeenFrom, utcOffset } from './times.ts'
import { words } from './words.ts'

/** A check in trouble, as the probe alone has confirmed it. */
export interface Trouble {
  /** `project/name`. */
  check: string
  project: string
  title: string
  state: 'down' | 'degraded'
  since: Instant
  fault?: Fact
  /** Of a severity for which people are disturbed. */
  urgent: boolean
}

/** What a probe tells people itself, because no queue takes its reports. */
export interface LastResortNotice {
  vantage: string
  at: Instant
  /** Since when no queue has been reached. */
  lostSince: Instant
  language: Language
  timezone: string
  /** Worst first, at least one. */
  troubles: Trouble[]
}

const phrases = {
  zh: {
    mark: '兜底通知',
    count: (count: number) => `${count} 项异常`,
    why: (time: string) => `${time} 起告警队列不可达：由探针直接告知，没有呼叫任何人，请立即查看`,
    since: (time: string) => `，起于 ${time}`,
    and: (title: string, count: number) => `${shortened(title)}等${count}项`,
  },
  en: {
    mark: 'LAST RESORT',
    count: (count: number) => `${count} ${count === 1 ? 'check' : 'checks'} in trouble`,
    why: (time: string) =>
      `No alert queue can be reached since ${time}: the probe tells you itself, nobody is being called. Please look now`,
    since: (time: string) => ` since ${time}`,
    and: (title: string, count: number) => `${shortened(title)} +${count - 1}`,
  },
}

/** Leaves room in a template's variable for how many others there are. */
const shortened = (title: string): string => [...title].slice(0, 8).join('').trim()

/** The notice before any channel's markup. */
export function composeLastResort(notice: LastResortNotice): Composition {
  const { language, timezone, at, troubles } = notice
  const say = phrases[language]
  const title = [say.mark, say.count(troubles.length), vantageName(notice.vantage, language)].join(' | ')
  const why: Line = { spans: [{ text: say.why(timeSeenFrom(at, notice.lostSince, timezone)) }], keep: true }
  return {
    title,
    head: [{ text: title, tone: 'bad' }],
    lines: [why, ...troubles.map((trouble) => troubleLine(trouble, notice))],
    links: [],
    footer: `烽火 ${day(at, timezone)} ${clockTime(at, timezone)} (${utcOffset(at, timezone)})`,
  }
}

/** `支付 / 收银台：不可用，起于 02:13，连接被拒绝`. */
function troubleLine(trouble: Trouble, { language, timezone, at }: LastResortNotice): Line {
  const { colon, comma, state } = words[language]
  const began = phrases[language].since(timeSeenFrom(at, trouble.since, timezone))
  const { fault } = trouble
  const told = fault === undefined ? '' : comma + oneLine(checkFactIn(language, fault), 200)
  const name = oneLine(`${trouble.project} / ${trouble.title}`, 80)
  return { spans: [{ text: `${name}${colon}` }, { text: state[trouble.state], tone: 'bad' }, { text: began + told }] }
}

/** A notice in the forms that channels need: before any markup, as plain mail, and as the variables of an approved template. */
export interface LastResortText {
  composition: Composition
  mail: { subject: string; text: string }
  /** In their order. */
  slots: Record<string, string>
}

/** Composes a notice once for all channels. */
export function lastResortText(notice: LastResortNotice): LastResortText {
  const composition = composeLastResort(notice)
  const mail = { subject: `[烽火] ${composition.title}`, text: `${plain(composition)}\n` }
  return { composition, mail, slots: slotsOf(notice) }
}

/** The template to have approved, in the form of both vendors: variables by number, and by name. One segment when filled in. */
export const lastResortTemplates: Record<Language, { numbered: string; named: string }> = {
  zh: templates(
    '兜底通知：{project}项目的{title}处于{state}状态，始于{since}。告警队列不可达，由{vantage}探针直接告知。',
  ),
  en: templates(
    'LAST RESORT: {project} / {title} is {state} since {since}. No alert queue is reached, told by the probe at {vantage}.',
  ),
}

function templates(text: string): { numbered: string; named: string } {
  let number = 0
  return { numbered: text.replace(/\{\w+\}/g, () => `{${++number}}`), named: text.replaceAll('{', '${') }
}

/** The template's variables, in their order: each at most 12 characters, without URL, host, IP or dot. */
function slotsOf(notice: LastResortNotice): Record<string, string> {
  const { language, timezone, at, troubles } = notice
  const [worst] = troubles
  if (worst === undefined) return {}
  const title = nameIn(language, worst.title) ?? worst.check.split('/').at(-1) ?? ''
  const [place = ''] = shortVantageNames([notice.vantage], language)
  const slots = {
    project: nameIn(language, worst.project) ?? worst.project,
    title: troubles.length === 1 ? title : phrases[language].and(title, troubles.length),
    state: smsState(worst.state, language),
    since: timeSeenFrom(at, worst.since, timezone),
    vantage: nameIn(language, place) ?? place,
  }
  return Object.fromEntries(Object.entries(slots).map(([name, text]) => [name, cutSlot(text)]))
}
