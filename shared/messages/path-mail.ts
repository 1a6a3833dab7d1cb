import { type Bilingual, inBoth, type Language } from '../contracts/words.ts'
import type { Depth, PathDepths, PathEffect, PathTrouble } from '../evaluation/path-state.ts'
import { dateAndTime, utcOffset } from './times.ts'

/** Which deployment writes: `fenghuo-prod`, in its region. */
export interface Deployment {
  name: string
  region: string
  timezone: string
}

/** What is wrong, and what that means for whoever is on call. */
const troubles: Record<PathTrouble, Bilingual> = {
  'path-late': {
    zh: '事件队列收下的消息没有按时走到头：evaluate 或 page 没有运行、处理不过来或出错。告警会迟到，或者没有人接到电话。',
    en: 'What the events queue takes does not come through in time: evaluate or page does not run, does not keep up, or fails. Alerts are late, or nobody is called.',
  },
  'events-failing': {
    zh: '上报和告警一再失败：evaluate 无法完成工作。',
    en: "Reports and alerts fail again and again: evaluate can't do its work.",
  },
  'escalation-backlog': {
    zh: '到期的步骤滞留在升级队列：page 处理不过来或没有运行。电话会迟到，或者没有人接到电话。',
    en: 'Steps that are due stay on the escalation queue: page does not keep up or does not run. People are called late, or not at all.',
  },
  'escalation-failing': {
    zh: '升级步骤一再失败：page 无法完成工作。可能没有人接到电话。',
    en: "Steps fail again and again: page can't do its work. People may not be called.",
  },
  'overflow-age': {
    zh: '超出项目风暴上限的告警没有处理完；别人的呼叫不受影响。',
    en: "What projects send above their storm limits is not worked off; nobody else's pages wait for it.",
  },
  'subscribers-age': {
    zh: '要告诉状态页订阅者的消息滞留在队列：page 跟不上，或订阅者的服务器应答太慢；别人的呼叫不受影响。',
    en: "What subscribers of a status page are to be told waits on its queue: page does not keep up, or their servers answer slowly. Nobody's page waits for it.",
  },
  'aws-events-age': {
    zh: 'AWS 报来的事件滞留在队列：ingest 处理不过来或没有运行。',
    en: 'What AWS reports waits on its queue: ingest does not keep up or does not run.',
  },
  'events-dlq': { zh: '事件队列有放弃的消息。', en: 'Messages of the events queue were given up.' },
  'escalation-dlq': { zh: '升级队列有放弃的呼叫。', en: 'Pages were given up.' },
  'subscribers-dlq': { zh: '有放弃的订阅者通知。', en: 'Messages to subscribers of a status page were given up.' },
  'aws-events-dlq': { zh: '有放弃的 AWS 事件。', en: 'Events of AWS were given up.' },
}

const words = {
  begins: { zh: '开始', en: 'ALARM' },
  over: { zh: '已恢复', en: 'OK' },
  since: { zh: '自', en: 'Since' },
  depths: { zh: '等待处理 + 正在处理', en: 'Waiting + in flight' },
  remedy: {
    zh: '处置：手册（docs/runbook.zh-CN.md）“烽火自己的警报发来邮件”',
    en: "What to do: the runbook (docs/runbook.md), “When an alarm of Fenghuo's own comes by mail”",
  },
} satisfies Record<string, Bilingual>

/**
 * The mail about a trouble of the path, or its end: in both languages, since nobody knows who reads it. The subject is ASCII, as every
 * reader of a topic takes it.
 */
export function pathMail({ trouble, isOver, since, depths }: PathEffect, { name, region, timezone }: Deployment) {
  const state = isOver ? words.over : words.begins
  const sinceWhen = `${dateAndTime(since, timezone)} (${utcOffset(since, timezone)})`
  const counts = countsOf(depths)
  const { zh, en } = inBoth((language: Language) =>
    [
      `${state[language]}: ${name}-${trouble} (${region})`,
      troubles[trouble][language],
      `${words.since[language]} ${sinceWhen}`,
      `${words.depths[language]}: ${counts}`,
      words.remedy[language],
    ].join('\n'),
  )
  return { subject: `${state.en}: "${name}-${trouble}" in ${region}`, message: `${en}\n\n${zh}\n` }
}

function countsOf(depths: PathDepths): string {
  const each = Object.entries(depths) as [string, Depth][]
  return each.map(([queue, { waiting, inFlight }]) => `${queue} ${waiting} + ${inFlight}`).join(', ')
}
