import { expect, test } from 'vitest'
import type { Action } from '../../shared/incidents/notice.ts'
import type { TimelineEntry } from '../../shared/incidents/timeline-entry.ts'
import { timelineText, timelineTime } from '../../shared/messages/timeline.ts'
import { at, lin } from './notices.ts'

type Facts<Entry = TimelineEntry> = Entry extends TimelineEntry ? Omit<Entry, 'at' | 'generation'> : never

const action = (via: Action['via'], by?: Action['by']): Action => ({ at: at('02:15'), via, ...(by && { by }) })

const cases: { reason: string; entry: Facts; zh: string; en: string }[] = [
  {
    reason: 'opened by another system',
    entry: { kind: 'opened', severity: 'critical', summary: 'checkout fails', source: 'grafana' },
    zh: '触发，严重：checkout fails（来自 grafana）',
    en: 'Opened, CRITICAL: checkout fails (from grafana)',
  },
  {
    reason: 'a user name and password in the address of a source are nobody’s to read',
    entry: { kind: 'opened', severity: 'error', summary: 'x', source: 'https://ops:s3@cret@alerts.example/api?by=a@b' },
    zh: '触发，错误：x（来自 https://alerts.example/api?by=a@b）',
    en: 'Opened, ERROR: x (from https://alerts.example/api?by=a@b)',
  },
  {
    reason: 'opened by a check of ours, which the summary names',
    entry: { kind: 'opened', severity: 'error', summary: 'pay/web is down', source: 'pay/web' },
    zh: '触发，错误：pay/web is down',
    en: 'Opened, ERROR: pay/web is down',
  },
  {
    reason: 'opened by a sender that does not say who it is',
    entry: { kind: 'opened', severity: 'error', summary: 'x', source: 'unknown' },
    zh: '触发，错误：x',
    en: 'Opened, ERROR: x',
  },
  {
    reason: 'line breaks and escape sequences of others do not reach a terminal',
    entry: { kind: 'changed', severity: 'warning', summary: 'a\nb\u001b[2Jc' },
    zh: '变为警告：a b [2Jc',
    en: 'Now WARNING: a b [2Jc',
  },
  {
    reason: 'what was put right of its alert',
    entry: {
      kind: 'mended',
      notes: [
        { code: 'severity-missing', args: { taken: 'error' } },
        { code: 'fields-unreadable', args: { fields: ['runbook', 'links.0'] } },
      ],
    },
    zh: '告警内容：没有给出严重程度：按“错误”处理；略去无法识别的内容：runbook、links.0',
    en: "Of its alert: no severity is given: taken as error; left out because they can't be read: runbook, links.0",
  },
  {
    reason: 'a layer, counted from one',
    entry: { kind: 'layer', round: 0, layer: 1, names: ['林悦', '王磊'], notes: [] },
    zh: '第 1 轮第 2 层：联系 林悦、王磊',
    en: 'Round 1, layer 2: paging 林悦, 王磊',
  },
  {
    reason: 'a layer that leaves somebody out',
    entry: {
      kind: 'layer',
      round: 1,
      layer: 0,
      names: ['林悦'],
      notes: [
        { code: 'without-phone', args: { contact: '陈涛' } },
        { code: 'nobody-next', args: { schedule: 'sre' } },
      ],
    },
    zh: '第 2 轮第 1 层：联系 林悦（陈涛 没有电话、sre 没有下一位）',
    en: 'Round 2, layer 1: paging 林悦 (陈涛 has no phone, nobody is next in sre)',
  },
  {
    reason: 'a layer without anybody',
    entry: {
      kind: 'layer',
      round: 0,
      layer: 0,
      names: [],
      notes: [{ code: 'no-such-contact', args: { contact: 'li' } }],
    },
    zh: '第 1 轮第 1 层：无人可联系（没有名为 li 的联系人）',
    en: 'Round 1, layer 1: nobody to page (no contact is named li)',
  },
  {
    reason: 'everybody, after exhaustion',
    entry: { kind: 'layer', round: 2, layer: -1, names: ['林悦'], notes: [] },
    zh: '再次全员：联系 林悦',
    en: 'Everybody again: paging 林悦',
  },
  {
    reason: 'what nobody took in its time',
    entry: { kind: 'raised', severity: 'critical', from: 'error', afterMs: 1_800_000 },
    zh: '30 分钟无人认领，由错误升为严重',
    en: 'Nobody took it in 30 min: CRITICAL, no longer ERROR',
  },
  {
    reason: 'a layer whose time is up',
    entry: { kind: 'layer-ended', round: 0, layer: 0, why: { code: 'ack-timeout', args: {} } },
    zh: '第 1 轮第 1 层结束：超时无人认领',
    en: 'Round 1, layer 1, ended: nobody acknowledged in time',
  },
  {
    reason: 'a layer whose calls all ended',
    entry: { kind: 'layer-ended', round: 0, layer: 0, why: { code: 'unacknowledged', args: {} } },
    zh: '第 1 轮第 1 层结束：呼叫均已结束，无人认领',
    en: 'Round 1, layer 1, ended: all calls ended unacknowledged',
  },
  {
    reason: 'a layer that reached nobody',
    entry: { kind: 'layer-ended', round: 0, layer: 0, why: { code: 'all-channels-failed', args: {} } },
    zh: '第 1 轮第 1 层结束：全部渠道失败',
    en: 'Round 1, layer 1, ended: all channels failed',
  },
  {
    reason: 'a layer that was passed on',
    entry: { kind: 'layer-ended', round: 0, layer: 0, why: { code: 'passed-on', args: { name: '林悦' } } },
    zh: '第 1 轮第 1 层结束：林悦已转给下一位',
    en: 'Round 1, layer 1, ended: passed on by 林悦',
  },
  {
    reason: 'a phone that rings',
    entry: { kind: 'call', name: '林悦', call: 1, outcome: 'ringing' },
    zh: '第 1 次呼叫 林悦：响铃',
    en: 'Call 1 to 林悦: ringing',
  },
  {
    reason: 'a call that cannot be placed yet',
    entry: { kind: 'call', name: '林悦', call: 1, outcome: 'waiting', failure: { class: 'in-another-call' } },
    zh: '第 1 次呼叫 林悦：等待拨出（正在另一通电话中）',
    en: 'Call 1 to 林悦: waiting to be placed (in another call)',
  },
  {
    reason: 'a call that nobody answers',
    entry: { kind: 'call', name: '林悦', call: 2, outcome: 'unanswered' },
    zh: '第 2 次呼叫 林悦：未接',
    en: 'Call 2 to 林悦: no answer',
  },
  {
    reason: 'a call that the vendor refused',
    entry: {
      kind: 'call',
      name: '林悦',
      call: 1,
      outcome: 'failed',
      failure: { class: 'country-closed', vendor: 'connect', code: 'DestinationNotAllowedException' },
    },
    zh: '第 1 次呼叫 林悦：呼叫失败（不允许联系该号码所在的国家或地区：DestinationNotAllowedException）',
    en: "Call 1 to 林悦: call failed (calls or texts to the number's country are not allowed: DestinationNotAllowedException)",
  },
  {
    reason: 'a robot that was told',
    entry: { kind: 'message', what: 'opened', to: { chat: 'wecom' }, status: 'sent' },
    zh: '已告知 wecom：告警',
    en: 'Told wecom: the alert',
  },
  {
    reason: "a person's own channel that failed",
    entry: {
      kind: 'message',
      what: 'page',
      to: { contact: 'lin', channel: 'sms' },
      status: 'failed',
      failure: { class: 'over-quota', code: 'LimitExceeded', said: 'too many' },
    },
    zh: '未能告知 lin 短信：呼叫通知（超出配额：LimitExceeded “too many”）',
    en: 'Could not tell lin SMS: the page (over a quota: LimitExceeded “too many”)',
  },
  {
    reason: 'a message whose answer was lost',
    entry: {
      kind: 'message',
      what: 'resolved',
      to: { contact: 'lin', channel: 'email' },
      status: 'unknown',
      failure: { class: 'lost-answer', tries: 2 },
    },
    zh: '可能已告知 lin 邮件：已恢复（连接在回答前断开，试了 2 次）',
    en: 'May have told lin e-mail: the recovery (the connection broke before the answer, after 2 tries)',
  },
  {
    reason: 'the next channel takes over',
    entry: { kind: 'fallback', name: '林悦', from: 'phone', to: 'sms', failure: { class: 'no-route' } },
    zh: '林悦：电话未通，改用短信（没有适用此号码的线路）',
    en: '林悦: SMS takes over from phone (no route takes this number)',
  },
  {
    reason: 'exhausted, again on the next day',
    entry: { kind: 'exhausted', rounds: 2, repeatAt: at('02:00') + 86_400_000 },
    zh: '2 轮后无人认领，11-23 02:00 再次呼叫全员',
    en: 'Nobody acknowledged in 2 rounds; everybody is called again at 11-23 02:00',
  },
  {
    reason: 'acknowledged by phone',
    entry: { kind: 'acknowledged', action: { ...action('phone', lin), key: '1' } },
    zh: '林悦已认领（电话按 1）',
    en: '林悦 has it (pressed 1 on the phone)',
  },
  {
    reason: 'acknowledged by answering',
    entry: { kind: 'acknowledged', action: action('phone', lin) },
    zh: '林悦已认领（接听电话）',
    en: '林悦 has it (answered the phone)',
  },
  {
    reason: 'acknowledged by a system',
    entry: { kind: 'acknowledged', action: action('api') },
    zh: '已认领（接口）',
    en: 'Acknowledged (by API)',
  },
  { reason: 'recovered', entry: { kind: 'resolved', action: action('system') }, zh: '已恢复', en: 'Recovered' },
  {
    reason: 'closed by a person',
    entry: { kind: 'resolved', action: action('cli', lin) },
    zh: '林悦已关闭（命令行）',
    en: '林悦 closed it (on the command line)',
  },
  {
    reason: 'a note',
    entry: { kind: 'note', by: '林悦', text: 'rolled back' },
    zh: '林悦备注：rolled back',
    en: '林悦 notes: rolled back',
  },
]

test.each(cases)('$reason', ({ entry, zh, en }) => {
  const dated = { ...entry, at: at('02:13'), generation: 1 } as TimelineEntry
  expect([timelineText(dated, 'zh', 'Asia/Shanghai'), timelineText(dated, 'en', 'Asia/Shanghai')]).toEqual([zh, en])
})

test('a time has seconds, and a date on another day', () => {
  expect(timelineTime(at('02:13'), at('02:13') + 7_900, 'Asia/Shanghai')).toBe('02:13:07')
  expect(timelineTime(at('02:13'), at('02:13') + 86_400_000, 'Asia/Shanghai')).toBe('11-23 02:13:00')
})
