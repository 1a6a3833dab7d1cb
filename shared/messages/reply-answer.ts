import type { ReplyAnswer } from '../contracts/reply-answer.ts'
import { spaced } from '../contracts/spaced.ts'
import type { Instant, Language } from '../contracts/words.ts'
import { cutCharacters } from './cut.ts'
import { toGsm7 } from './gsm7.ts'
import { cutSlot, SEGMENT } from './sms.ts'
import { timeSeenFrom } from './times.ts'

/** The template of answers to texts, to have approved where a vendor takes no other texts: about what, and what came of it. */
export const answerTemplate: Record<Language, { numbered: string; named: string }> = {
  zh: { numbered: '值班回复：告警{1}，{2}。', named: '值班回复：告警${number}，${result}。' },
  en: { numbered: 'On-call reply: alert {1}: {2}.', named: 'On-call reply: alert ${number}: ${result}.' },
}

/** How its variables are named, in their order. */
export const answerVariables = ['number', 'result'] as const

type Done = Extract<ReplyAnswer, { result: 'done' }>
type Short = { done: Record<Done['act'], string> } & Record<Exclude<ReplyAnswer['result'], 'done'>, string>

/** What became of it in at most twelve characters. */
const short: Record<Language, Short> = {
  zh: {
    done: {
      acknowledge: '已由您认领',
      pass: '已转交下一位',
      snooze: '已稍后提醒',
      'give-back': '已退回重新呼叫',
      resolve: '已结束',
    },
    partly: '已记下，还差他人',
    late: '已有人认领',
    over: '已经结束',
    unmoved: '现在不呼叫任何人',
    burning: '仍未恢复，没有结束',
    unknown: '没有这个编号',
    'not-yours': '不在您的项目中',
    which: '请写明其中一个编号',
    none: '现在没有未恢复的',
    unclear: '请回复认领和编号',
    nobody: '您不在联系人中',
  },
  en: {
    done: {
      acknowledge: 'is yours',
      pass: 'is passed on',
      snooze: 'is snoozed',
      'give-back': 'pages again',
      resolve: 'is closed',
    },
    partly: 'needs others',
    late: 'is taken',
    over: 'is over',
    unmoved: 'pages nobody',
    burning: 'still burns',
    unknown: 'is not known',
    'not-yours': 'is not yours',
    which: 'pick one',
    none: 'none is open',
    unclear: 'say ack 1024',
    nobody: 'who are you?',
  },
}

const noNumber: Record<Language, string> = { zh: '编号未写明', en: 'number?' }

/** What is filled into the template, in the order of its variables. */
export function answerSlots(answer: ReplyAnswer, language: Language): [string, string] {
  const say = short[language]
  const result = answer.result === 'done' ? say.done[answer.act] : say[answer.result]
  return [cutSlot(numberSlot(answer, language)), cutSlot(result)]
}

function numberSlot(answer: ReplyAnswer, language: Language): string {
  if ('number' in answer) return language === 'zh' ? `${answer.number}号` : String(answer.number)
  return 'numbers' in answer ? answer.numbers.join(language === 'zh' ? '、' : ' ') : noNumber[language]
}

interface Words {
  about: (number: number, title: string) => string
  done: Record<Exclude<Done['act'], 'snooze'>, string> & { snooze: (until: string) => string }
  partly: (who: string) => string
  late: (name: string) => string
  over: string
  unmoved: string
  burning: (number: number) => string
  unknown: (number: number) => string
  notYours: (number: number) => string
  which: (numbers: string) => string
  none: string
  unclear: string
  nobody: string
}

const words: Record<Language, Words> = {
  zh: {
    about: (number, title) => `#${number} ${title}：`,
    done: {
      acknowledge: '已由您认领。',
      pass: '已转交下一层。',
      snooze: (until) => spaced`已由您认领，${until}再次呼叫。`,
      'give-back': '已退回，重新开始呼叫。',
      resolve: '已结束。',
    },
    partly: (who) => `${who}。`,
    late: (name) => spaced`${name}已认领，无需处理。`,
    over: '已经结束，无需处理。',
    unmoved: '现在不呼叫任何人，没有变化。',
    burning: (number) => `检查仍未恢复，没有结束。确要结束请回复：恢复 ${number} 强制`,
    unknown: (number) => `没有 #${number} 这张告警单。`,
    notYours: (number) => `您不是 #${number} 所属项目的联系人，没有变化。`,
    which: (numbers) => `有多张未恢复的告警单，请写明编号：${numbers}`,
    none: '现在没有您的未恢复告警单。',
    unclear: '没有看懂。可以回复：认领 1024、转交 1024、稍后 1024 1小时、退回 1024、恢复 1024',
    nobody: '您不在任何项目的联系人中，没有变化。请让管理员把您写进 oncall.yml。',
  },
  en: {
    about: (number, title) => `#${number} ${title}: `,
    done: {
      acknowledge: 'it is yours.',
      pass: 'passed on to the next layer.',
      snooze: (until) => `it is yours, and pages again at ${until}.`,
      'give-back': 'given back, it pages again now.',
      resolve: 'closed.',
    },
    partly: (who) => `${who}.`,
    late: (name) => `${name} has it. Nothing to do.`,
    over: 'it is over. Nothing to do.',
    unmoved: 'it pages nobody now, so nothing has changed.',
    burning: (number) => `it still fails, and was not closed. To close it all the same: resolve ${number} force`,
    unknown: (number) => `There is no incident #${number}.`,
    notYours: (number) => `You are no contact of the project of #${number}: nothing has changed.`,
    which: (numbers) => `Several are open. Say which: ${numbers}`,
    none: 'None of yours is open now.',
    unclear: 'Not understood. Say: ack 1024, pass 1024, snooze 1024 1h, unack 1024 or resolve 1024',
    nobody: 'You are no contact of any project: nothing has changed. Ask to be put into oncall.yml.',
  },
}

/** What came of somebody's text, in full. */
export function answerText(answer: ReplyAnswer, language: Language, { now, timezone }: Seen): string {
  const say = words[language]
  switch (answer.result) {
    case 'done': {
      const { act, number, title, until = now } = answer
      const done = act === 'snooze' ? say.done.snooze(timeSeenFrom(now, until, timezone)) : say.done[act]
      return say.about(number, title) + done
    }
    case 'partly':
      return say.about(answer.number, answer.title) + say.partly(answer.who)
    case 'late':
      return say.about(answer.number, answer.title) + say.late(answer.name)
    case 'over':
    case 'unmoved':
      return say.about(answer.number, answer.title) + say[answer.result]
    case 'burning':
      return say.about(answer.number, answer.title) + say.burning(answer.number)
    case 'unknown':
      return say.unknown(answer.number)
    case 'not-yours':
      return say.notYours(answer.number)
    case 'which':
      return say.which(answer.numbers.map((number) => `#${number}`).join(language === 'zh' ? '、' : ', '))
    default:
      return say[answer.result]
  }
}

/** The same as one segment of a text message. */
export function answerSms(answer: ReplyAnswer, language: Language, seen: Seen): string {
  const text = answerText(answer, language, seen)
  return language === 'en' ? toGsm7(`FENGHUO ${text}`).slice(0, SEGMENT.en) : cutCharacters(text, SEGMENT.zh)
}

/** When and where it is read. */
export interface Seen {
  now: Instant
  timezone: string
}
