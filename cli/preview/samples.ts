import type { Instant, Language } from '../../shared/contracts/words.ts'
import type { Notice } from '../../shared/incidents/notice.ts'
import type { NoticeKind } from '../../shared/incidents/notice-kinds.ts'
import type { Message } from '../../shared/messages/message.ts'

/** What can be shown without an incident. */
export const sampleNames = ['opened', 'escalated', 'acknowledged', 'exhausted', 'resolved', 'storm'] as const
export type SampleName = (typeof sampleNames)[number]

const MINUTE = 60_000
/** Incidents of the storm's digest, and those that come later. */
const STORM = 12
const LATER = 5

const names = {
  zh: { project: '支付', title: '收银台', lin: '林悦', wang: '王磊', more: (index: number) => `订单服务 ${index}` },
  en: {
    project: 'Pay',
    title: 'Checkout',
    lin: 'Lin Yue',
    wang: 'Wang Lei',
    more: (index: number) => `Orders ${index}`,
  },
}

/** A message about an incident that nobody has: a checkout that two of three vantages see down. */
export function sampleMessage(name: SampleName, language: Language, timezone: string, now: Instant): Message {
  const notice = noticeOf(name === 'storm' ? 'opened' : name, language, now)
  const base = 'https://oncall.example.com'
  const links = { acknowledge: `${base}/ack?t=sample`, token: 'sample', detail: `${base}/i/1024` }
  const message: Message = { notice, language, timezone, links, repeat: false }
  if (name !== 'storm') return message
  const of = Array.from({ length: STORM }, (_, index) => ({
    notice: {
      ...notice,
      number: notice.number + index,
      incident: `pay#1#${index}`,
      title: names[language].more(index + 1),
    },
    repeat: false,
  }))
  return { ...message, notice: of[0]?.notice ?? notice, digest: { of, more: LATER } }
}

function noticeOf(kind: NoticeKind, language: Language, now: Instant): Notice {
  const say = names[language]
  const lin = { contact: 'lin', name: say.lin }
  const wang = { contact: 'wang', name: say.wang }
  const isOver = kind === 'resolved' || kind === 'exhausted' || kind === 'acknowledged'
  const fault = { code: 'timeout', args: { limitMs: 5000, waitingFor: 'connect' } }
  const seen = (upMs: number, downMs: number) =>
    kind === 'resolved'
      ? ({ verdict: 'up', latencyMs: upMs } as const)
      : ({ verdict: 'down', latencyMs: downMs, fault } as const)
  return {
    kind,
    incident: 'pay#1#pay/web',
    number: 1024,
    project: 'pay',
    projectTitle: say.project,
    title: say.title,
    summary: '',
    severity: 'critical',
    state: 'down',
    source: 'https://pay.example.com/healthz',
    openedAt: now - 12 * MINUTE,
    at: now,
    sightings: [
      {
        vantage: 'tencent/ap-guangzhou',
        ...seen(96, 5001),
      },
      {
        vantage: 'aliyun/cn-hangzhou',
        ...seen(104, 5002),
      },
      { vantage: 'aws/ap-southeast-1', verdict: 'up', latencyMs: 182 },
    ],
    links: [],
    runbook: 'https://wiki.example.com/runbook/pay/web',
    calling: isOver ? [] : [kind === 'escalated' ? wang : lin],
    ...(!isOver && { until: now + 5 * MINUTE }),
    next: isOver || kind === 'escalated' ? [] : [wang],
    unplaced: [],
    meanwhile: [],
    ...((kind === 'acknowledged' || kind === 'resolved') && {
      acknowledged: { at: now - 10 * MINUTE, by: lin, via: 'phone' as const, key: '1' },
    }),
    ...(kind === 'resolved' && { resolved: { at: now, via: 'system' as const } }),
    tried: kind === 'exhausted' ? [{ ...lin, calls: 4, outcome: 'unanswered' as const }] : [],
    rounds: 2,
    layers: 2,
    calls: 4,
    texts: 1,
  }
}
