import type { Language } from '../shared/contracts/words.ts'
import type { Intake, Leads } from '../shared/engine/intake.ts'
import {
  calls,
  cloudEvents,
  effects,
  escalations,
  events,
  overflow,
  requests,
  subscribers,
} from '../shared/engine/pipeline.ts'

const words = {
  zh: {
    way: ['告警怎样到达手机', '按键怎样回来'],
    intakes: ['从哪里来', '消息', '函数', '用例', '交给'],
    effects: ['状态机', '效果', '带来什么'],
    queues: {
      http: 'HTTP',
      events: '事件队列',
      overflow: '溢出队列',
      cloud: 'AWS 事件队列',
      escalation: '升级队列',
      subscribers: '订阅者队列',
      none: '直接调用',
    },
    machines: {
      vantage: '观测点',
      heartbeat: '心跳',
      verdict: '判定',
      incident: '告警单',
      'phone line': '个人电话',
      'recipient queue': '收信队列',
      duty: '值守',
    },
    vendors: '各渠道：群机器人、短信、邮件',
    'people’s phones': '手机',
    'the other regions': '其他地域',
    timeline: '时间线',
    numbers: '短号',
    generations: '各代告警单',
    contacts: '通话编号',
    queue: '升级队列：',
    machine: '状态机：',
    record: '记录：',
  },
  en: {
    way: ['An alert’s way to a phone', 'A key’s way back'],
    intakes: ['comes by', 'message', 'function', 'use case', 'hands on to'],
    effects: ['machine', 'effect', 'leads to'],
    queues: {
      http: 'HTTP',
      events: 'events queue',
      overflow: 'overflow queue',
      cloud: 'queue of AWS’s events',
      escalation: 'escalation queue',
      subscribers: 'subscribers’ queue',
      none: 'called directly',
    },
    machines: {
      vantage: 'vantage',
      heartbeat: 'heartbeat',
      verdict: 'verdict',
      incident: 'incident',
      'phone line': 'phone line',
      'recipient queue': 'recipient queue',
      duty: 'duty',
    },
    vendors: 'channels: robots, text messages, mail',
    'people’s phones': 'people’s phones',
    'the other regions': 'the other regions',
    timeline: 'timeline',
    numbers: 'short numbers',
    generations: 'earlier generations',
    contacts: 'contact ids',
    queue: 'escalation queue: ',
    machine: 'machine: ',
    record: 'record: ',
  },
} as const

const START = '<!-- made from shared/engine/pipeline.ts by `npx node cli/schema.ts` -->'
const END = '<!-- end -->'

/** What comes from outside. */
const outside = { ...requests, ...cloudEvents, ...calls }

/** What each drawing begins with, and the effects that it follows. */
const ways: { from: (keyof typeof outside)[]; by: string[] }[] = [
  {
    from: ['timer', 'job', 'alert', 'cloud-event', 'mail'],
    by: ['update', 'alert', 'step', 'call', 'outcome', 'dial', 'notice'],
  },
  { from: ['key', 'contact-event'], by: ['acknowledge', 'outcome', 'cancel', 'stop', 'notice'] },
]

/** A page with its part between the marks made anew from the table of the pipeline. Throws if it has no marks. */
export function withPipeline(page: string, language: Language): string {
  const [before, rest] = page.split(START)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error(`The page lacks ${START} or ${END}`)
  return `${before}${START}\n\n${pipelinePart(language)}\n\n${END}${after}`
}

function pipelinePart(language: Language): string {
  const say = words[language]
  return [
    ...ways.flatMap(({ from, by }, index) => [`### ${say.way[index]}`, drawing(language, from, by)]),
    table(say.intakes, intakeRows(language)),
    table(say.effects, effectRows(language)),
  ].join('\n\n')
}

function drawing(language: Language, kinds: (keyof typeof outside)[], followed: string[]): string {
  const say = words[language]
  const lines = new Set<string>()
  const named = (machine: keyof typeof effects) => `${nodeOf(machine)}(["${say.machines[machine]}"])`
  const seen = new Set<keyof typeof effects>()
  const follow = (machine: keyof typeof effects): void => {
    if (seen.has(machine)) return
    seen.add(machine)
    for (const [effect, leads] of Object.entries<Leads>(effects[machine])) {
      if (!followed.includes(effect) || 'record' in leads) continue
      if ('machine' in leads) {
        lines.add(`  ${named(machine)} -->|${effect}| ${named(leads.machine)}`)
        follow(leads.machine)
      } else if ('queue' in leads) {
        const { machines, service } = escalations[leads.queue]
        for (const next of machines) {
          lines.add(`  ${named(machine)} -->|${effect}| queue[["${say.queues.escalation}"]]`)
          lines.add(`  queue -->|${leads.queue}, ${service}| ${named(next)}`)
          follow(next)
        }
      } else lines.add(`  ${named(machine)} -->|${effect}| ${nodeOf(leads.world)}["${say[leads.world]}"]`)
    }
  }
  for (const kind of kinds) {
    const intake = outside[kind]
    const sender = `${nodeOf(kind)}{{"${intake.words[language]}"}}`
    for (const event of intake.events) {
      lines.add(`  ${sender} -->|${intake.service}| events[["${say.queues.events}"]]`)
      for (const machine of events[event].machines) {
        lines.add(`  events -->|${event}, ${events[event].service}| ${named(machine)}`)
        follow(machine)
      }
    }
    for (const machine of intake.machines) {
      lines.add(`  ${sender} -->|${intake.service}| ${named(machine)}`)
      follow(machine)
    }
  }
  return ['```mermaid', 'flowchart LR', ...lines, '```'].join('\n')
}

function nodeOf(name: string): string {
  return name.replace(/[^a-z]/g, '')
}

function intakeRows(language: Language): string[][] {
  const { queues, machines } = words[language]
  const rows = (from: string, intakes: Record<string, Intake>) =>
    Object.entries(intakes).map(([kind, intake]) => [
      from,
      `\`${kind}\`: ${intake.words[language]}`,
      `\`${intake.service}\``,
      `\`${intake.useCase}\` (\`${intake.file}\`)`,
      [
        ...intake.events.map((one) => `${queues.events}: \`${one}\``),
        ...intake.machines.map((one) => machines[one]),
        ...(intake.world === undefined ? [] : [words[language][intake.world]]),
      ].join(', ') || '–',
    ])
  return [
    ...rows(queues.http, requests),
    ...rows(queues.none, calls),
    ...rows(queues.events, events),
    ...rows(queues.overflow, overflow),
    ...rows(queues.cloud, cloudEvents),
    ...rows(queues.escalation, escalations),
    ...rows(queues.subscribers, subscribers),
  ]
}

function effectRows(language: Language): string[][] {
  const say = words[language]
  const told = (leads: Leads) => {
    if ('machine' in leads) return say.machine + say.machines[leads.machine]
    if ('queue' in leads) return `${say.queue}\`${leads.queue}\``
    return 'record' in leads ? say.record + say[leads.record] : say[leads.world]
  }
  return Object.entries(effects).flatMap(([machine, all]) =>
    Object.entries<Leads>(all).map(([effect, leads]) => [
      say.machines[machine as keyof typeof effects],
      `\`${effect}\``,
      told(leads),
    ]),
  )
}

function table(head: readonly string[], rows: string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
