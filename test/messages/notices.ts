import type { Notice } from '../../shared/incidents/notice.ts'
import type { Message } from '../../shared/messages/message.ts'
import { says } from '../facts.ts'

/** A wall-clock time in Shanghai on 22 November 2026. */
export const at = (time: string): number => Date.parse(`2026-11-22T${time.length === 5 ? `${time}:00` : time}+08:00`)

export const lin = { contact: 'lin', name: '林悦' }
export const wang = { contact: 'wang', name: '王磊' }
export const chen = { contact: 'chen', name: '陈涛' }

/** The checkout is down: seen from Guangzhou and Hangzhou, not from Singapore; Lin Yue is being called. */
export const opened: Notice = {
  kind: 'opened',
  incident: 'pay#1#pay/web',
  number: 1024,
  project: 'pay',
  projectTitle: '支付',
  title: '收银台',
  summary: '支付 收银台 不可用',
  severity: 'critical',
  state: 'down',
  source: 'https://pay.example.com/healthz',
  openedAt: at('02:13'),
  at: at('02:14'),
  sightings: [
    {
      vantage: 'tencent/ap-guangzhou',
      verdict: 'down',
      fault: { code: 'timeout', args: { limitMs: 5000, waitingFor: 'connect' } },
      latencyMs: 5001,
    },
    { vantage: 'aliyun/cn-hangzhou', verdict: 'down', fault: says('HTTP 502'), latencyMs: 213 },
    { vantage: 'aws/ap-southeast-1', verdict: 'up', latencyMs: 182 },
  ],
  links: [],
  runbook: 'https://wiki.example.com/runbook/pay/web',
  calling: [lin],
  until: at('02:19'),
  next: [wang],
  unplaced: [],
  meanwhile: [],
  tried: [],
  rounds: 0,
  layers: 0,
  calls: 1,
  texts: 1,
}

export const acknowledged: Notice = {
  ...opened,
  kind: 'acknowledged',
  openedAt: at('02:14:12'),
  at: at('02:15'),
  acknowledged: { at: at('02:15'), by: lin, via: 'phone', key: '1' },
  calling: [],
  next: [],
}

export const escalated: Notice = {
  ...opened,
  kind: 'escalated',
  at: at('02:19'),
  calling: [wang],
  until: at('02:24'),
  next: [chen],
}

export const passed: Notice = {
  ...escalated,
  kind: 'passed',
  tried: [{ ...lin, calls: 1, outcome: 'passed' }],
}

export const exhausted: Notice = {
  ...opened,
  kind: 'exhausted',
  at: at('02:54'),
  calling: [],
  next: [],
  tried: [
    { ...lin, calls: 4, outcome: 'unanswered' },
    { ...wang, calls: 4, outcome: 'no-key' },
    { ...chen, calls: 2, outcome: 'busy' },
  ],
  rounds: 2,
  layers: 3,
  repeatAt: at('03:24'),
  calls: 10,
  texts: 3,
}

export const resolved: Notice = {
  ...opened,
  kind: 'resolved',
  at: at('02:25'),
  sightings: [
    { vantage: 'tencent/ap-guangzhou', verdict: 'up', latencyMs: 141 },
    { vantage: 'aliyun/cn-hangzhou', verdict: 'up', latencyMs: 156 },
    { vantage: 'aws/ap-southeast-1', verdict: 'up', latencyMs: 182 },
  ],
  acknowledged: { at: at('02:13:48'), by: lin, via: 'phone', key: '1' },
  resolved: { at: at('02:25'), via: 'system' },
  calling: [],
  next: [],
}

/** The same incident where everything has an English name. */
export const inEnglish = (notice: Notice): Notice => ({
  ...notice,
  projectTitle: 'pay',
  title: 'Checkout',
  calling: notice.calling.map((person) => ({ ...person, name: english[person.contact] ?? person.name })),
  next: notice.next.map((person) => ({ ...person, name: english[person.contact] ?? person.name })),
  tried: notice.tried.map((person) => ({ ...person, name: english[person.contact] ?? person.name })),
  ...(notice.acknowledged ? { acknowledged: { ...notice.acknowledged, by: { contact: 'lin', name: 'Lin Yue' } } } : {}),
})

const english: Record<string, string> = { lin: 'Lin Yue', wang: 'Wang Lei', chen: 'Chen Tao' }

export const messageOf = (notice: Notice, changes: Partial<Message> = {}): Message => ({
  notice,
  language: 'zh',
  timezone: 'Asia/Shanghai',
  links: { acknowledge: 'https://oncall.example.com/a/xyz', detail: 'https://oncall.example.com/i/1024' },
  repeat: false,
  ...changes,
})
