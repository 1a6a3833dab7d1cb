import type { Language } from '../contracts/words.ts'
import type { PathIo } from './io.ts'
import { SILENT_PROBE_MS } from './vantages.ts'
import { type JudgingConfig, judgeOwn, readVerdicts } from './verdicts.ts'

/** Titles of Fenghuo's own troubles: what a phone can say. */
const titles: Record<Language, { deadLetters: string; silentProbe: string; illVantage: string }> = {
  zh: { deadLetters: '死信队列', silentProbe: '探针失联', illVantage: '观测点异常' },
  en: { deadLetters: 'dead letters', silentProbe: 'silent probe', illVantage: 'ill vantage' },
}

export type OwnConfig = JudgingConfig & { language?: Language }

/** Messages that nobody could read lie in a dead-letter queue: a warning while there are any. */
export async function judgeDeadLetters(
  queue: 'events' | 'escalation',
  count: number,
  reason: string,
  config: OwnConfig,
  io: PathIo,
): Promise<void> {
  const subject = {
    id: `fenghuo/dead-letters-${queue}`,
    title: titles[config.language ?? 'zh'].deadLetters,
    severity: 'warning' as const,
  }
  const summary =
    count > 0
      ? `The dead-letter queue of ${queue} holds messages: ${reason}`
      : `The dead-letter queue of ${queue} is empty`
  await judgeOwn(subject, count > 0 ? 'down' : 'up', summary.slice(0, 1000), config, io)
}

/**
 * A vantage whose probe functions do not report: the checks that only it sees are blind. One that has never reported gets the
 * time a first deployment takes.
 */
export async function judgeProbe(
  vantage: string,
  heard: 'heard' | 'silent' | 'never',
  checks: { all: number; blind: number },
  config: OwnConfig,
  io: PathIo,
): Promise<void> {
  const subject = {
    id: `fenghuo/probe-${vantage}`,
    title: titles[config.language ?? 'zh'].silentProbe,
    // Checks that nobody sees any more must wake someone; with other vantages left it can wait for a text.
    severity: checks.blind > 0 ? ('critical' as const) : ('error' as const),
  }
  const summary =
    heard === 'heard'
      ? `${vantage} reports again`
      : `No report from ${vantage}: ${checks.all} checks not seen there, ${checks.blind} not seen anywhere`
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

/** A vantage that fails most of its checks while others see them up: one notice, and it has no vote. */
export async function judgeVantage(vantage: string, isIll: boolean, config: OwnConfig, io: PathIo): Promise<void> {
  const subject = {
    id: `fenghuo/vantage-${vantage}`,
    title: titles[config.language ?? 'zh'].illVantage,
    severity: 'warning' as const,
  }
  const summary = isIll
    ? `${vantage} fails most of its checks while others see them up: it has no vote until it recovers`
    : `${vantage} agrees with the others again`
  await judgeOwn(subject, isIll ? 'down' : 'up', summary, config, io)
}
