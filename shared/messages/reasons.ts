import type { Wording } from '../contracts/fact.ts'
import { spaced } from '../contracts/spaced.ts'
import type { Language } from '../contracts/words.ts'
import type { LayerEnd } from '../incidents/layer-end.ts'
import type { PauseCause } from '../incidents/pause/pause.ts'
import type { PlanNote } from '../oncall/notes.ts'
import { duration } from './times.ts'
import { words } from './words.ts'

/** Why a layer ended, why somebody of it is not reached, and why nobody is paged for now. */
type Reason = LayerEnd | PlanNote | PauseCause

type Picked = Extract<PauseCause, { code: 'silenced' }>['args']['picked']

/** Who has made a silence, if they picked a name by a group's link: everybody of the group could have. */
function howPicked(picked: Picked, language: Language): string {
  if (picked === undefined) return ''
  const say = words[language]
  const way = say.via['group-link']
  return say.brackets(picked.before === undefined ? way : way + say.comma + say.wasBefore(picked.before))
}

export const reasonWording: Wording<Reason> = {
  unacknowledged: { zh: () => '呼叫均已结束，无人认领', en: () => 'all calls ended unacknowledged' },
  'ack-timeout': { zh: () => '超时无人认领', en: () => 'nobody acknowledged in time' },
  'all-channels-failed': { zh: () => '全部渠道失败', en: () => 'all channels failed' },
  unrung: { zh: () => '没有线路打出电话', en: () => 'no voice route placed a call' },
  'passed-on': { zh: ({ name }) => spaced`${name}已转给下一位`, en: ({ name }) => `passed on by ${name}` },
  silenced: {
    zh: ({ by, silence, comment, picked, maintenance }) =>
      spaced`${by}${maintenance ? '计划的维护' : '设置的静默'} ${silence}${howPicked(picked, 'zh')}：${comment}`,
    en: ({ by, silence, comment, picked, maintenance }) =>
      `${maintenance ? 'maintenance' : 'silence'} ${silence} by ${by}${howPicked(picked, 'en')}: ${comment}`,
  },
  maintenance: { zh: ({ window }) => `维护时段 ${window}`, en: ({ window }) => `maintenance, ${window}` },
  inhibited: {
    zh: ({ rule, number }) => `规则 ${rule}，因 #${number} 未结束`,
    en: ({ rule, number }) => `rule ${rule}, as #${number} is open`,
  },
  merged: {
    zh: ({ number, by }) => spaced`${by}将其并入 #${String(number)}，那张未结束`,
    en: ({ number, by }) => `merged into #${number} by ${by}, which goes on`,
  },
  held: {
    zh: ({ window }) => `策略在 ${window} 不为此打扰`,
    en: ({ window }) => `its policy holds it back, ${window}`,
  },
  delayed: {
    zh: ({ ms }) => `策略先等 ${duration(ms, 'zh')}`,
    en: ({ ms }) => `its policy waits ${duration(ms, 'en')} first`,
  },
  collecting: {
    zh: ({ ms }) => `先收集同组告警 ${duration(ms, 'zh')}`,
    en: ({ ms }) => `alerts of its group are collected for ${duration(ms, 'en')} first`,
  },
  'nobody-on-call': {
    zh: ({ schedule }) => `${schedule} 此刻无人值班`,
    en: ({ schedule }) => `nobody is on call in ${schedule} now`,
  },
  'nobody-next': {
    zh: ({ schedule }) => `${schedule} 没有下一位`,
    en: ({ schedule }) => `nobody is next in ${schedule}`,
  },
  'no-such-contact': {
    zh: ({ contact }) => `没有名为 ${contact} 的联系人`,
    en: ({ contact }) => `no contact is named ${contact}`,
  },
  'not-handed': {
    zh: ({ policy }) => `策略 ${policy} 已不存在，或由它联系不到任何人：按项目的策略呼叫`,
    en: ({ policy }) => `the policy ${policy} is gone, or reaches nobody: paged by the project’s`,
  },
  'quiet-hours': {
    zh: ({ contact, window }) => `${contact} 在免打扰时段（${window}）`,
    en: ({ contact, window }) => `${contact} has quiet hours (${window})`,
  },
  'without-phone': { zh: ({ contact }) => `${contact} 没有电话`, en: ({ contact }) => `${contact} has no phone` },
  'without-address': {
    zh: ({ contact }) => `${contact} 没有电话和邮箱`,
    en: ({ contact }) => `${contact} has no phone and no email`,
  },
  'not-missing': {
    zh: ({ contact }) => spaced`${contact}已认领，或不是还缺的人`,
    en: ({ contact }) => `${contact} has taken it, or is none of those who are missing`,
  },
  'not-for-severity': {
    zh: ({ severity }) => `这一层不用于“${words.zh.severity[severity]}”级`,
    en: ({ severity }) => `this layer is not for ${words.en.severity[severity].toLowerCase()} incidents`,
  },
  'not-reached-by': {
    zh: ({ contact, channels }) => `${contact} 无法通过${channels.map((one) => words.zh.reach[one]).join('或')}联系`,
    en: ({ contact, channels }) =>
      `${contact} can't be reached by ${channels.map((one) => words.en.reach[one]).join(' or ')}`,
  },
}
