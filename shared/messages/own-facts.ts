import type { Wording } from '../contracts/fact.ts'
import type { AccountFault, Failure } from '../contracts/failure.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Language } from '../contracts/words.ts'
import type { OwnFact } from '../evaluation/own-fact.ts'
import { copyFailure } from './copy-failures.ts'
import { dutyWording } from './duty-facts.ts'
import { failureText } from './failure.ts'
import { peerWording } from './peer-facts.ts'
import { vantageName } from './places.ts'
import { dateAndTime } from './times.ts'

const zh = (vantage: string): string => vantageName(vantage, 'zh')
const en = (vantage: string): string => vantageName(vantage, 'en')

const queues = {
  zh: { events: '事件', escalation: '升级' },
  en: { events: 'events', escalation: 'escalation steps' },
}

const refusal = (why: AccountFault, code: string | undefined): Failure =>
  code === undefined ? { class: why } : { class: why, code }

type Opened = Extract<OwnFact, { code: 'handed-over' }>['args']['open'][number]

/** One of ours is named by its title. */
const named = ({ title, code = '' }: { title: string; code?: string }, language: Language): string =>
  ownProperty<Record<Language, string>>(ownTitles, code)?.[language] ?? title

/** `#1024 收银台`. */
const opened = (language: Language) => (one: Opened) => `#${one.number} ${named(one, language)}`

/** What Fenghuo says of itself. */
/** What ends a silence, or planned work. */
const ender = (maintenance?: true): string => `bin/fenghuo.js ${maintenance ? 'maintenance end' : 'silence expire'}`

export const ownWording: Wording<OwnFact> = {
  ...dutyWording,
  ...peerWording,
  'dead-letters': {
    zh: ({ queue, reason, left }, say) =>
      `${queues.zh[queue]}的死信队列中有无法处理的消息${reason ? `：${say(reason)}` : left ? `：${left} 条` : ''}`,
    en: ({ queue, reason, left }, say) =>
      `Messages that cannot be handled lie in the dead-letter queue of ${queues.en[queue]}${reason ? `: ${say(reason)}` : left ? `: ${left}` : ''}`,
  },
  'no-dead-letters': {
    zh: ({ queue }) => `${queues.zh[queue]}的死信队列已清空`,
    en: ({ queue }) => `The dead-letter queue of ${queues.en[queue]} is empty`,
  },
  'probe-silent': {
    zh: ({ vantage, checks, seenNowhere }) =>
      `${zh(vantage)} 没有上报：${checks} 项检查在此看不到，其中 ${seenNowhere} 项完全无人观测`,
    en: ({ vantage, checks, seenNowhere }) =>
      `No report from ${en(vantage)}: ${checks} checks not seen there, ${seenNowhere} of them not seen anywhere`,
  },
  'probe-heard': {
    zh: ({ vantage }) => `${zh(vantage)} 恢复上报`,
    en: ({ vantage }) => `${en(vantage)} reports again`,
  },
  'vantage-faulty': {
    zh: ({ vantage }) => `${zh(vantage)} 的多数检查失败而别处正常：恢复之前不参与判定`,
    en: ({ vantage }) =>
      `${en(vantage)} fails most of its checks while others see them up: it has no vote until it recovers`,
  },
  'vantage-slow': {
    zh: ({ vantage }) => `${zh(vantage)} 的多数检查变慢而别处正常：不再逐项通知`,
    en: ({ vantage }) => `Most checks are slow from ${en(vantage)} while others see them up: it is not told of each`,
  },
  'vantage-unobserving': {
    zh: ({ vantage }) => `${zh(vantage)} 看不到多数检查的结果而别处看得到：不再逐项通知`,
    en: ({ vantage }) => `${en(vantage)} cannot look at most of its checks while others can: it is not told of each`,
  },
  'vantage-agrees': {
    zh: ({ vantage }) => `${zh(vantage)} 与其他观测点重新一致`,
    en: ({ vantage }) => `${en(vantage)} agrees with the others again`,
  },
  'clock-wrong': {
    zh: ({ vantage, seconds }) =>
      seconds > 0
        ? `${zh(vantage)} 的时钟比队列快 ${seconds} 秒：它上报的时间按此校正`
        : `${zh(vantage)} 的时钟比队列慢 ${-seconds} 秒：它上报的时间按此校正`,
    en: ({ vantage, seconds }) =>
      seconds > 0
        ? `The clock of ${en(vantage)} is ${seconds} s ahead of the queue's: its times are corrected by that`
        : `The clock of ${en(vantage)} is ${-seconds} s behind the queue's: its times are corrected by that`,
  },
  'clock-right': {
    zh: ({ vantage }) => `${zh(vantage)} 的时钟恢复准确`,
    en: ({ vantage }) => `The clock of ${en(vantage)} is right again`,
  },
  'schedule-gap': {
    zh: ({ schedule, from, to, timezone }) =>
      `排班 ${schedule} 从 ${dateAndTime(from, timezone)} 到 ${dateAndTime(to, timezone)}（${timezone}）无人值班`,
    en: ({ schedule, from, to, timezone }) =>
      `Nobody is on call in ${schedule} from ${dateAndTime(from, timezone)} to ${dateAndTime(to, timezone)} (${timezone})`,
  },
  'handed-over': {
    zh: ({ schedule, before, now, until, timezone, open, more }) =>
      `排班 ${schedule} ${now.length === 0 ? '无人值班' : `由 ${now.join('、')} 值班，到 ${dateAndTime(until, timezone)}`}` +
      `${before.length === 0 ? '' : `（此前 ${before.join('、')}）`}；` +
      (open.length === 0
        ? '没有未结束的告警单'
        : `未结束：${open.map(opened('zh')).join('、')}${more > 0 ? `，另有 ${more} 张` : ''}`),
    en: ({ schedule, before, now, until, timezone, open, more }) =>
      `${now.length === 0 ? `Nobody is on call in ${schedule}` : `On call in ${schedule}: ${now.join(', ')}, until ${dateAndTime(until, timezone)}`}` +
      `${before.length === 0 ? '' : ` (before: ${before.join(', ')})`}. ` +
      (open.length === 0
        ? 'Nothing is open'
        : `Still open: ${open.map(opened('en')).join(', ')}${more > 0 ? `, and ${more} more` : ''}`),
  },
  'recurring-noise': {
    zh: ({ things, more }) =>
      `过去一周反复告警：${things.map((one) => `${named(one, 'zh')} ${one.times} 次${one.nights > 0 ? `（夜间呼叫 ${one.nights} 次）` : ''}`).join('、')}` +
      `${more > 0 ? `，另有 ${more} 项` : ''}。该修的修，不必叫人的降低级别或放宽确认`,
    en: ({ things, more }) =>
      `Alerted again and again this past week: ${things.map((one) => `${named(one, 'en')} ${one.times} times${one.nights > 0 ? ` (${one.nights} ${one.nights === 1 ? 'page' : 'pages'} at night)` : ''}`).join(', ')}` +
      `${more > 0 ? `, and ${more} more` : ''}. Mend them, or have what need not wake anybody be less severe or take longer to confirm`,
  },
  'silence-left': {
    zh: ({ silence, by, comment, until, timezone, maintenance }) =>
      `${by} 开始休假，其${maintenance ? '维护' : '静默'} ${silence}（${comment}）持续到 ${dateAndTime(until, timezone)}：不需要就用 ${ender(maintenance)} ${silence} 结束`,
    en: ({ silence, by, comment, until, timezone, maintenance }) =>
      `${by} is on leave now, and the ${maintenance ? 'maintenance' : 'silence'} ${silence} (${comment}) lasts until ${dateAndTime(until, timezone)}: end it with ${ender(maintenance)} ${silence} if nobody needs it`,
  },
  'prove-reach': {
    zh: ({ schedule, from, timezone }) =>
      `检查能否联系到你：${dateAndTime(from, timezone)} 起你在 ${schedule} 值班，认领即可，并无故障`,
    en: ({ schedule, from, timezone }) =>
      `To see whether you can be reached: you are on call in ${schedule} from ${dateAndTime(from, timezone)}; take it, nothing is broken`,
  },
  'reach-unproven': {
    zh: ({ schedule, people }) => `${people.join('、')} 在 ${schedule} 接班，但检查时没有联系上`,
    en: ({ schedule, people }) => `${people.join(', ')} could not be reached when taking over ${schedule}`,
  },
  'reach-proven': {
    zh: ({ schedule }) => `${schedule} 接班的人都能联系到`,
    en: ({ schedule }) => `Whoever takes over ${schedule} can be reached`,
  },
  'no-schedule-gap': {
    zh: ({ schedule }) => `排班 ${schedule} 未来一周都有人值班`,
    en: ({ schedule }) => `Somebody is on call in ${schedule} throughout the next week`,
  },
  'account-refuses': {
    zh: ({ vendor, why, code }) => `${vendor} 的账号拒绝一切请求：${failureText(refusal(why, code), 'zh')}`,
    en: ({ vendor, why, code }) =>
      `The account of ${vendor} refuses whatever it is asked: ${failureText(refusal(why, code), 'en')}`,
  },
  'account-serves': {
    zh: ({ vendor }) => `${vendor} 的账号恢复服务`,
    en: ({ vendor }) => `The account of ${vendor} serves again`,
  },
  'copy-fails': {
    zh: ({ page, bucket, error }) =>
      `状态页 ${page} 的副本存不进存储桶 ${bucket}：${copyFailure(error, 'zh')}；外部在副本中看到的已过时`,
    en: ({ page, bucket, error }) =>
      `The copy of the status page ${page} cannot be put into the bucket ${bucket}: ${copyFailure(error, 'en')}; what outsiders read there is old`,
  },
  'copy-stands': {
    zh: ({ page, bucket }) => `状态页 ${page} 的副本已重新存入存储桶 ${bucket}`,
    en: ({ page, bucket }) => `The copy of the status page ${page} is put into the bucket ${bucket} again`,
  },
  'region-differs': {
    zh: ({ region, projects, more }) =>
      `${zh(`aws/${region}`)} 的联系人、排班或替班与这里不同（${projects.join('、')}${more > 0 ? `，还有 ${more} 个项目` : ''}）：执行 bin/fenghuo.js apply`,
    en: ({ region, projects, more }) =>
      `${en(`aws/${region}`)} has other contacts, schedules or overrides than here (${projects.join(', ')}${more > 0 ? ` and ${more} more` : ''}): run bin/fenghuo.js apply`,
  },
  'region-same': {
    zh: ({ region }) => `${zh(`aws/${region}`)} 的联系人、排班和替班与这里一致`,
    en: ({ region }) => `${en(`aws/${region}`)} has the contacts, schedules and overrides that are here`,
  },
  'alert-storm': {
    zh: ({ came, open, limit }) =>
      `每分钟新告警超过 ${limit} 个，其余 ${came} 个合并在此，${open > 0 ? `其中 ${open} 个尚未恢复` : '均不再持续'}`,
    en: ({ came, open, limit }) =>
      `More than ${limit} new alerts a minute: the other ${came} are joined here, ${open > 0 ? `${open} of them not recovered` : 'none of which goes on'}`,
  },
  'alert-storm-over': {
    zh: ({ came }) => `合并在此的 ${came} 个告警均已恢复`,
    en: ({ came }) => `All ${came} alerts that were joined here have recovered`,
  },
}

const titles = {
  deadLetters: { zh: '死信', en: 'dead letters' },
  probe: { zh: '探针失联', en: 'silent probe' },
  vantage: { zh: '观测点异常', en: 'bad vantage' },
  clock: { zh: '时钟偏差', en: 'clock skew' },
  gap: { zh: '值班空缺', en: 'on-call gap' },
  handOff: { zh: '交接班', en: 'hand-off' },
  silence: { zh: '静默仍在', en: 'still muted' },
  noise: { zh: '反复告警', en: 'weekly noise' },
  proof: { zh: '可达检查', en: 'reach check' },
  reach: { zh: '联系不上', en: 'unreachable' },
  account: { zh: '语音账号', en: 'line account' },
  region: { zh: '另一地域', en: 'other region' },
  duty: { zh: '地域值守', en: 'region duty' },
  copy: { zh: '状态页副本', en: 'status copy' },
  storm: { zh: '告警风暴', en: 'alert storm' },
}

/** What a phone and an approved text can say of each: at most 12 characters without a dot. */
export const ownTitles: Record<OwnFact['code'], Record<Language, string>> = {
  'dead-letters': titles.deadLetters,
  'no-dead-letters': titles.deadLetters,
  'probe-silent': titles.probe,
  'probe-heard': titles.probe,
  'vantage-faulty': titles.vantage,
  'vantage-slow': titles.vantage,
  'vantage-unobserving': titles.vantage,
  'vantage-agrees': titles.vantage,
  'clock-wrong': titles.clock,
  'clock-right': titles.clock,
  'schedule-gap': titles.gap,
  'no-schedule-gap': titles.gap,
  'handed-over': titles.handOff,
  'recurring-noise': titles.noise,
  'silence-left': titles.silence,
  'prove-reach': titles.proof,
  'reach-unproven': titles.reach,
  'reach-proven': titles.reach,
  'account-refuses': titles.account,
  'account-serves': titles.account,
  'region-differs': titles.region,
  'region-same': titles.region,
  'region-late': titles.region,
  'region-never-worked': titles.region,
  'region-unread': titles.region,
  'region-unanswering': titles.region,
  'region-other-secret': titles.region,
  'region-clock': titles.region,
  'region-clock-apart': titles.region,
  'region-well': titles.region,
  'region-other-version': titles.region,
  'region-same-version': titles.region,
  'region-gone': titles.region,
  'duty-by-hand': titles.duty,
  'duty-not-by-hand': titles.duty,
  'duty-elsewhere': titles.duty,
  'duty-in-order': titles.duty,
  'copy-fails': titles.copy,
  'copy-stands': titles.copy,
  'alert-storm': titles.storm,
  'alert-storm-over': titles.storm,
}
