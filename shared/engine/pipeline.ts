import type { EscalationKind } from '../contracts/step.ts'
import type { RecipientQueueEffect } from '../delivery/recipient-queue/queue.ts'
import type { UpdateEffect } from '../evaluation/vantage.ts'
import type { VerdictEffect } from '../evaluation/verdict-state.ts'
import type { DutyEffect } from '../incidents/duty/record.ts'
import type { IncidentEffect } from '../incidents/incident.ts'
import type { PhoneLineEffect } from '../phoneline/phone-line.ts'
import { type EventKind, type Intake, intake, type Leads, type MachineName, sending } from './intake.ts'

// The whole path on one screen. The compiler holds it complete against the messages and effects there are, a test holds it against
// the use cases, and the drawings of docs/architecture.md are made of it.

const heard = (useCase: string, file: string, machines: MachineName[], zh: string, en: string) =>
  intake('acknowledge', useCase, `engine/answers/${file}`, machines, zh, en)

const ingested = (useCase: string, file: string, kinds: EventKind[], zh: string, en: string) =>
  sending('ingest', useCase, `engine/ingest/${file}`, kinds, zh, en)

/** Requests to the functions' addresses. */
export const requests: Record<
  | 'alert'
  | 'job'
  | 'ping'
  | 'report'
  | 'link'
  | 'button'
  | 'receipts'
  | 'text-receipts'
  | 'text-reply'
  | 'calendar'
  | 'action'
  | 'relayed',
  Intake
> = {
  alert: ingested('takeRequest', 'take-request', ['alerts'], '外部系统的告警', 'an alert of another system'),
  job: sending(
    'heartbeat',
    'takeHeartbeatRequest',
    'engine/ingest/take-heartbeat-request',
    ['heartbeat'],
    '任务的心跳请求',
    'a request of a job',
  ),
  ping: sending(
    'heartbeat',
    'takePing',
    'engine/ingest/take-ping',
    ['heartbeat'],
    'Healthchecks 形式的心跳',
    'a ping in the form of Healthchecks',
  ),
  report: ingested(
    'takePostedReport',
    'take-posted-report',
    ['report'],
    '探针用 HTTPS 上报',
    'a report that a probe posts',
  ),
  link: heard('takeLink', 'take-link', ['incident'], '认领链接', 'an acknowledge link'),
  button: heard(
    'takeCallback',
    'take-callback',
    ['incident'],
    '卡片按钮，或写给应用的消息',
    'a button of a chat’s card, or words to an application',
  ),
  receipts: heard('takeReceipts', 'take-receipts', ['phone line'], '电话厂商的回执', 'receipts of a vendor of calls'),
  'text-receipts': heard(
    'takeTextReceipts',
    'take-text-receipts',
    ['incident'],
    '短信厂商的回执',
    'receipts of a vendor of texts',
  ),
  // What came of it goes to `page`, which texts it.
  'text-reply': heard('takePostedReplies', 'take-text-reply', ['incident'], '短信回复', 'somebody’s answer by text'),
  // It reads the directory, and changes nothing.
  calendar: heard('takeCalendarRequest', 'take-calendar-request', [], '日历订阅', 'a request of a calendar’s program'),
  action: intake(
    'console',
    'takeAction',
    'engine/console/take-action',
    ['incident'],
    '控制台上的操作',
    'what somebody does on the console',
  ),
  relayed: {
    ...intake(
      'relay',
      'relayWecom',
      'engine/answers/relay-wecom',
      [],
      '要从固定地址发出的企业微信消息',
      'a message of a WeCom application that leaves from a fixed address',
    ),
    world: 'vendors',
  },
}

const taken = (zh: string, en: string) => intake('evaluate', 'takeCanary', 'engine/take-canary', [], zh, en)

const alerted = (zh: string, en: string) =>
  intake('evaluate', 'takeAlerts', 'engine/alerts/take-alerts', ['incident'], zh, en)

/** The events queue; `alerts` is also what inbound formats become. */
export const events: Record<EventKind, Intake> = {
  report: intake('evaluate', 'takeReport', 'engine/verdicts/take-report', ['vantage'], '探针上报', 'a probe report'),
  heartbeat: intake(
    'evaluate',
    'takeHeartbeat',
    'engine/verdicts/take-heartbeat',
    ['heartbeat'],
    '任务心跳',
    'a heartbeat of a job',
  ),
  alerts: alerted('外部告警', 'alerts from elsewhere'),
  // It goes on to the escalation queue, and decides nothing.
  canary: taken('本地域的探路消息', 'a canary of this region'),
}

/** What a project sends above its storm limit, which evaluate puts aside for later. */
export const overflow: Record<'alerts' | 'canary', Intake> = {
  alerts: alerted('超出风暴上限的告警', 'alerts above a storm limit'),
  canary: taken('有积压时的探路消息', 'a canary while something waits there'),
}

/** What AWS reports of the deployment's own account, on a queue of its topic. */
export const cloudEvents: Record<'cloud-event' | 'mail', Intake> = {
  'cloud-event': ingested('takeCloudEvent', 'take-cloud-event', ['alerts'], 'AWS 自身的事件', 'an event of AWS itself'),
  mail: ingested('takeMail', 'take-mail', ['alerts'], '收到的邮件', 'a mail that SES received'),
}

const stepped = (machines: MachineName[], zh: string, en: string) =>
  intake('page', 'takeEscalation', 'engine/take-escalation', machines, zh, en)

/** The escalation queue. */
export const escalations: Record<EscalationKind, Intake> = {
  step: stepped(['incident'], '升级步骤', 'an escalation step'),
  call: stepped(['phone line'], '呼叫请求', 'a request for a call'),
  'phone-line': stepped(['phone line'], '电话截止', 'a deadline of a call'),
  key: stepped(['phone line'], '补记按键', 'a key that was kept'),
  post: stepped(['recipient queue'], '收信人轮次', 'a turn of a recipient'),
  text: stepped(['incident'], '未到的短信回执', 'a text without a receipt'),
  answer: { ...stepped([], '对短信回复的答复', 'an answer to somebody’s text'), world: 'vendors' },
  // It is told to whoever pressed, and changes nothing.
  press: { ...stepped([], '按钮的答复', 'the answer to a press on a button'), world: 'vendors' },
  letter: { ...stepped([], '给某人的信', 'a letter to somebody'), world: 'vendors' },
  peer: stepped(['incident'], '另一地域的告知', 'a word of another region'),
  duty: stepped(['duty'], '待告知的值守变更', 'what is to be told of duty'),
  'peer-duty': stepped(['duty'], '另一地域告知的值守变更', 'what another region has heard of duty'),
  'peer-silence': stepped([], '另一地域设置、更改的静默', 'a silence of another region'),
  canary: stepped([], '走到头的探路消息', 'a canary at its end'),
}

/** Nobody's page waits behind strangers' servers. */
export const subscribers: Record<'subscriber', Intake> = {
  subscriber: { ...stepped([], '状态页的订阅者', 'a subscriber of a status page'), world: 'vendors' },
}

/** What comes by neither queue nor address. */
export const calls: Record<
  | 'timer'
  | 'minute'
  | 'contact-event'
  | 'text-event'
  | 'reply-event'
  | 'key'
  | 'question'
  | 'regions'
  | 'region'
  | 'announcement'
  | 'receipt-queue',
  Intake
> = {
  timer: sending('probe', 'probe', 'engine/verdicts/run-probe', ['report'], '定时器', 'a timer of a probe'),
  // Who has duty only where several regions guard each other.
  minute: sending('watch', 'watch', 'engine/watch/watch', ['canary'], '每分钟', 'each minute', [
    'vantage',
    'heartbeat',
    'verdict',
    'incident',
    'phone line',
    'recipient queue',
    'duty',
  ]),
  'text-event': heard('takeText', 'take-text-receipts', ['incident'], '短信送达事件', 'an event of a text'),
  'reply-event': heard(
    'takeTextReplies',
    'take-text-reply',
    ['incident'],
    'SNS 送来的短信回复',
    'somebody’s answer by text, through SNS',
  ),
  'contact-event': heard(
    'takeContactEvent',
    'take-contact-event',
    ['phone line'],
    '通话事件',
    'a contact event of a call',
  ),
  key: heard('answerCall', 'take-key', ['phone line'], '通话按键', 'a key pressed in a call'),
  question: intake(
    'peer',
    'answerPeer',
    'engine/regions/answer-peer',
    ['incident'],
    '另一地域的询问',
    'a question of another region',
  ),
  regions: sending(
    'region-health',
    'checkRegions',
    'engine/watch/check-regions',
    ['alerts'],
    '每分钟看各地域',
    'each minute, of the regions',
  ),
  // It reads which region serves, and changes nothing.
  region: intake(
    'region-lookup',
    'regionLookUp',
    'engine/regions/look-up-region',
    [],
    '联系流程查询地域',
    'a contact flow that asks which region serves',
  ),
  announcement: {
    ...intake(
      'tell',
      'tellEvent',
      'engine/alerts/tell-event',
      [],
      '只告知群的 AWS 事件',
      'an event of AWS that groups are told of',
    ),
    world: 'vendors',
  },
  // What it finds goes to `acknowledge`, as if the vendor had posted it.
  'receipt-queue': intake(
    'receipts',
    'pollReceipts',
    'engine/watch/poll-receipts',
    [],
    '厂商队列里的回执',
    'receipts on a queue of their vendor',
  ),
}

/** Each machine's effects. */
export const effects: {
  vantage: Record<UpdateEffect['type'], Leads>
  heartbeat: Record<UpdateEffect['type'], Leads>
  verdict: Record<VerdictEffect['type'], Leads>
  incident: Record<IncidentEffect['type'], Leads>
  'phone line': Record<PhoneLineEffect['type'], Leads>
  'recipient queue': Record<RecipientQueueEffect['type'], Leads>
  duty: Record<DutyEffect['type'], Leads>
} = {
  vantage: { update: { machine: 'verdict' } },
  heartbeat: { update: { machine: 'verdict' } },
  verdict: { alert: { machine: 'incident' }, update: { machine: 'verdict' } },
  incident: {
    step: { queue: 'step' },
    peer: { world: 'the other regions' },
    call: { queue: 'call' },
    cancel: { machine: 'phone line' },
    notice: { world: 'vendors' },
    timeline: { record: 'timeline' },
    member: { record: 'timeline' },
    number: { record: 'numbers' },
    past: { record: 'generations' },
  },
  'phone line': {
    dial: { world: 'people’s phones' },
    stop: { world: 'people’s phones' },
    link: { record: 'contacts' },
    deadline: { queue: 'phone-line' },
    outcome: { machine: 'incident' },
    acknowledge: { machine: 'incident' },
  },
  'recipient queue': {
    turn: { queue: 'post' },
    post: { world: 'vendors' },
    outcome: { machine: 'incident' },
  },
  duty: {
    tell: { world: 'the other regions' },
    wake: { queue: 'step' },
  },
}
