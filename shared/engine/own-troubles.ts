import type { Language } from '../contracts/words.ts'
import { SILENT_PROBE_MS } from '../evaluation/vantages.ts'
import type { EngineIo } from './io.ts'
import { type JudgingConfig, judgeOwn, readVerdicts } from './judge-checks.ts'

interface OwnWords {
  deadLetters: Record<'events' | 'escalation', string>
  silentProbe: string
  illVantage: string
  clock: string
  holds: (messages: string) => string
  empty: string
  silent: (vantage: string, all: number, blind: number) => string
  heard: (vantage: string) => string
  ill: (vantage: string) => string
  slow: (vantage: string) => string
  blind: (vantage: string) => string
  well: (vantage: string) => string
  skewed: (vantage: string, seconds: number) => string
  exact: (vantage: string) => string
}

/** What is said of Fenghuo's own troubles; the titles are what a phone can say. */
const words: Record<Language, OwnWords> = {
  zh: {
    deadLetters: { events: '事件死信', escalation: '升级死信' },
    silentProbe: '探针失联',
    illVantage: '观测点异常',
    clock: '时钟偏差',
    holds: (messages) => `死信队列中有无法处理的消息：${messages}`,
    empty: '死信队列已清空',
    silent: (vantage, all, blind) => `${vantage} 没有上报：${all} 项检查在此看不到，其中 ${blind} 项完全无人观测`,
    heard: (vantage) => `${vantage} 恢复上报`,
    ill: (vantage) => `${vantage} 的多数检查失败而别处正常：恢复之前不参与判定`,
    slow: (vantage) => `${vantage} 的多数检查变慢而别处正常：不再逐项通知`,
    blind: (vantage) => `${vantage} 看不到多数检查的结果而别处看得到：不再逐项通知`,
    well: (vantage) => `${vantage} 与其他观测点重新一致`,
    skewed: (vantage, seconds) =>
      seconds > 0
        ? `${vantage} 的时钟比队列快 ${seconds} 秒：它上报的时间按队列计`
        : `${vantage} 的时钟比队列慢 ${-seconds} 秒：它的观测会被当作更早的`,
    exact: (vantage) => `${vantage} 的时钟恢复准确`,
  },
  en: {
    deadLetters: { events: 'dead events', escalation: 'dead steps' },
    silentProbe: 'silent probe',
    illVantage: 'ill vantage',
    clock: 'clock skew',
    holds: (messages) => `Messages that cannot be handled lie in the dead-letter queue: ${messages}`,
    empty: 'The dead-letter queue is empty',
    silent: (vantage, all, blind) =>
      `No report from ${vantage}: ${all} checks not seen there, ${blind} of them not seen anywhere`,
    heard: (vantage) => `${vantage} reports again`,
    ill: (vantage) => `${vantage} fails most of its checks while others see them up: it has no vote until it recovers`,
    slow: (vantage) => `Most checks are slow from ${vantage} while others see them up: it is not told of each`,
    blind: (vantage) => `${vantage} cannot look at most of its checks while others can: it is not told of each`,
    well: (vantage) => `${vantage} agrees with the others again`,
    skewed: (vantage, seconds) =>
      seconds > 0
        ? `The clock of ${vantage} is ${seconds} s ahead of the queue's: its times are cut to that`
        : `The clock of ${vantage} is ${-seconds} s behind the queue's: what it sees counts as older than it is`,
    exact: (vantage) => `The clock of ${vantage} is right again`,
  },
}

export type OwnConfig = JudgingConfig & { language?: Language }

/** Messages that nobody could read lie in a dead-letter queue: a warning while there are any. */
export async function judgeDeadLetters(
  queue: 'events' | 'escalation',
  count: number,
  reason: string,
  config: OwnConfig,
  io: EngineIo,
): Promise<void> {
  const say = words[config.language ?? 'zh']
  const subject = {
    id: `fenghuo/dead-letters-${queue}`,
    title: say.deadLetters[queue],
    severity: 'warning' as const,
  }
  const summary = count > 0 ? say.holds(reason) : say.empty
  await judgeOwn(subject, count > 0 ? 'down' : 'up', summary.slice(0, 1000), config, io)
}

/**
 * A vantage whose probe functions do not report: the checks that only it sees are blind. One that has never reported gets the
 * time a first deployment takes.
 */
export async function judgeProbe(
  vantage: string,
  heard: 'heard' | 'silent' | 'never',
  checks: { all: number; unobserved: number },
  config: OwnConfig,
  io: EngineIo,
): Promise<void> {
  const say = words[config.language ?? 'zh']
  const subject = {
    id: `fenghuo/probe-${vantage}`,
    title: say.silentProbe,
    // Checks that nobody sees any more must wake someone; with other vantages left it can wait for a text.
    severity: checks.unobserved > 0 ? ('critical' as const) : ('error' as const),
  }
  const summary = heard === 'heard' ? say.heard(vantage) : say.silent(vantage, checks.all, checks.unobserved)
  if (heard === 'never') {
    const [known] = await readVerdicts([subject.id], io)
    const waited = known === undefined ? 0 : io.now() - known.since
    if (waited < SILENT_PROBE_MS && known?.verdict !== 'down') {
      if (known === undefined) await judgeOwn(subject, 'up', summary, config, io)
      return
    }
  }
  await judgeOwn(subject, heard === 'heard' ? 'up' : 'down', summary, config, io)
}

/**
 * Whether an id is that of a condition of Fenghuo's own that is still looked at: of a vantage, while checks run there; of a third
 * party's place, while it is compared with others.
 */
export function isOwnCondition(id: string, { checks }: JudgingConfig, places: ReadonlySet<string>): boolean {
  const [, about, vantage] = /^fenghuo\/(probe|vantage|blind|clock)-(.+)$/s.exec(id) ?? []
  if (vantage === undefined) return id.startsWith('fenghuo/')
  return checks.some(({ from }) => from.includes(vantage)) || (about === 'vantage' && places.has(vantage))
}

/**
 * A vantage that fails most of its checks while others see them up, or to which they are slow: one notice. While it fails them it
 * has no vote.
 */
export async function judgeVantage(
  vantage: string,
  trouble: 'ill' | 'slow' | undefined,
  config: OwnConfig,
  io: EngineIo,
): Promise<void> {
  const say = words[config.language ?? 'zh']
  const subject = {
    id: `fenghuo/vantage-${vantage}`,
    title: say.illVantage,
    severity: 'warning' as const,
  }
  const summary = say[trouble ?? 'well'](vantage)
  await judgeOwn(subject, trouble === undefined ? 'up' : 'down', summary, config, io)
}

/** A vantage that cannot look at most of its checks though others can: one notice, when it has lasted so long, ms. */
export async function judgeUnobserving(
  vantage: string,
  afterMs: number | undefined,
  config: OwnConfig,
  io: EngineIo,
): Promise<void> {
  const say = words[config.language ?? 'zh']
  const subject = { id: `fenghuo/blind-${vantage}`, title: say.illVantage, severity: 'warning' as const }
  const summary = afterMs === undefined ? say.well(vantage) : say.blind(vantage)
  await judgeOwn(subject, afterMs === undefined ? 'up' : { unknownFor: afterMs }, summary, config, io)
}

/** A vantage whose clock has differed from the queue's by more than 30 s in all its reports for a while: one notice. */
export async function judgeClock(
  vantage: string,
  skewMs: number | undefined,
  config: OwnConfig,
  io: EngineIo,
): Promise<void> {
  const say = words[config.language ?? 'zh']
  const subject = { id: `fenghuo/clock-${vantage}`, title: say.clock, severity: 'warning' as const }
  const summary = skewMs === undefined ? say.exact(vantage) : say.skewed(vantage, Math.round(skewMs / 1000))
  await judgeOwn(subject, skewMs === undefined ? 'up' : 'down', summary, config, io)
}
