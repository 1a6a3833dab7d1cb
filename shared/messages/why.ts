import { spaced } from '../contracts/spaced.ts'
import type { Language } from '../contracts/words.ts'
import type { KeyFate } from '../incidents/key-fate.ts'
import type { NotCalled } from '../incidents/not-called.ts'
import type { Rule } from '../incidents/why.ts'
import type { PlanNote } from '../oncall/notes.ts'
import { factIn } from './facts.ts'
import { duration, timeSeenFrom } from './times.ts'
import { words } from './words.ts'

type Args<F extends { code: string; args: object }, Code extends F['code']> = Extract<F, { code: Code }>['args']
type Sentences<F extends { code: string; args: object }, Beside extends object[] = []> = {
  [Code in F['code']]: (args: Args<F, Code>, ...beside: Beside) => string
}

/** How times of day are written: as seen from a time, in a zone. */
interface Times {
  clock(at: number): string
}

const times = (count: number, most = '') => (count === 1 ? 'once' : `${most}${count} times`)

const rules: Record<Language, Sentences<Rule>> = {
  en: {
    routed: ({ project, policy, severity, reach }) =>
      `projects.${project} has the policy ${policy}, by which ${severity} ${reach.length === 0 ? 'tells nobody' : `uses ${reach.join(', ')}`}`,
    'layer-pages': ({ policy, layer, page, calls, ackTimeoutMs }) =>
      `policies.${policy}.layers[${layer}] pages ${page.join(', ')}, each phone ${times(calls, 'up to ')}, for ${duration(ackTimeoutMs, 'en')}`,
    'ack-timeout-of': ({ policy, layer, ackTimeoutMs }) =>
      `policies.${policy}.layers[${layer}].ackTimeout is ${duration(ackTimeoutMs, 'en')}`,
    'tries-all': ({ policy, rounds, layers, repeatEveryMs }) =>
      `policies.${policy} tries its ${layers} ${layers === 1 ? 'layer' : 'layers'} ${times(rounds)}, then everybody every ${duration(repeatEveryMs, 'en')}`,
    'silence-matches': ({ silence, matches, maintenance }) =>
      `${maintenance ? 'maintenance' : 'silence'} ${silence} is for ${matches.join(' or ')}`,
    'window-matches': ({ window, matches }) => `maintenance.${window} is for ${matches.join(' or ')}`,
    'inhibits-alike': ({ rule, source, target, equal }) =>
      `inhibit.${rule}: ${source.join(' or ')} keeps ${target.join(' or ')} quiet${equal.length === 0 ? '' : ` where ${equal.join(', ')} are alike`}`,
    'holds-severity': ({ policy, severity, windows }) => `policies.${policy}.hold.${severity} is ${windows.join(', ')}`,
    'delays-severity': ({ policy, severity, ms }) => `policies.${policy}.delay.${severity} is ${duration(ms, 'en')}`,
    'waits-for-group': ({ project, ms }) => `projects.${project}.groupWait is ${duration(ms, 'en')}`,
    'acknowledgement-lasts': ({ policy, ms }) => `policies.${policy}.ackExpires is ${duration(ms, 'en')}`,
    'worse-pages-again': () => 'what gets worse than what somebody took pages again',
    'raises-severity': ({ policy, severity, ms }) =>
      `policies.${policy}.raiseAfter.${severity} is ${duration(ms, 'en')}`,
  },
  zh: {
    routed: ({ project, policy, severity, reach }) =>
      `projects.${project} 的策略是 ${policy}，${severity} ${reach.length === 0 ? '不通知任何人' : `用 ${reach.join('、')}`}`,
    'layer-pages': ({ policy, layer, page, calls, ackTimeoutMs }) =>
      `policies.${policy}.layers[${layer}] 呼叫 ${page.join('、')}，每部电话至多 ${calls} 次，限时 ${duration(ackTimeoutMs, 'zh')}`,
    'ack-timeout-of': ({ policy, layer, ackTimeoutMs }) =>
      `policies.${policy}.layers[${layer}].ackTimeout 为 ${duration(ackTimeoutMs, 'zh')}`,
    'tries-all': ({ policy, rounds, layers, repeatEveryMs }) =>
      `policies.${policy} 的 ${layers} 层走 ${rounds} 轮，之后每隔 ${duration(repeatEveryMs, 'zh')}呼叫所有人`,
    'silence-matches': ({ silence, matches, maintenance }) =>
      `${maintenance ? '维护' : '静默'} ${silence} 针对 ${matches.join(' 或 ')}`,
    'window-matches': ({ window, matches }) => `maintenance.${window} 针对 ${matches.join(' 或 ')}`,
    'inhibits-alike': ({ rule, source, target, equal }) =>
      `inhibit.${rule}：${source.join(' 或 ')} 压住 ${target.join(' 或 ')}${equal.length === 0 ? '' : `，须 ${equal.join('、')} 相同`}`,
    'holds-severity': ({ policy, severity, windows }) => `policies.${policy}.hold.${severity} 为 ${windows.join('、')}`,
    'delays-severity': ({ policy, severity, ms }) => `policies.${policy}.delay.${severity} 为 ${duration(ms, 'zh')}`,
    'waits-for-group': ({ project, ms }) => `projects.${project}.groupWait 为 ${duration(ms, 'zh')}`,
    'acknowledgement-lasts': ({ policy, ms }) => `policies.${policy}.ackExpires 为 ${duration(ms, 'zh')}`,
    'worse-pages-again': () => '比认领时更严重则再次呼叫',
    'raises-severity': ({ policy, severity, ms }) =>
      `policies.${policy}.raiseAfter.${severity} 为 ${duration(ms, 'zh')}`,
  },
}

type OwnNotCalled = Exclude<NotCalled, PlanNote>

const uncalled: Record<Language, Sentences<OwnNotCalled, [Times]>> = {
  en: {
    'ended-before': ({ layer, ended, by, at }, { clock }) =>
      `layer ${layer + 1} was not reached: ${ended}${by && ` by ${by}`} at ${clock(at)}`,
    'turn-comes': ({ layer }) => `their turn comes in layer ${layer + 1}`,
    'reached-in-writing': ({ severity }) => `reached in writing: ${severity} rang no phone of theirs`,
    'severity-pages-nobody': ({ severity }) => `${severity} pages nobody`,
    'never-rang': ({ outcome }) => (outcome === 'failed' ? 'the call failed' : 'the call never rang'),
    'kept-quiet': ({ cause }) => `nobody was to be paged: ${factIn('en', cause)}`,
    'off-duty': ({ schedules, at }, { clock }) => `not on call in ${schedules.join(', ')} at ${clock(at)}`,
    'not-named': ({ policy }) => `the policy ${policy} does not name them`,
  },
  zh: {
    'ended-before': ({ layer, ended, by, at }, { clock }) =>
      spaced`未到第 ${String(layer + 1)} 层：${clock(at)} 已${by && spaced`由${by}`}${ended === 'resolved' ? '结束' : '认领'}`,
    'turn-comes': ({ layer }) => `第 ${layer + 1} 层才轮到`,
    'reached-in-writing': ({ severity }) => `已书面通知：${severity} 没有打其电话`,
    'severity-pages-nobody': ({ severity }) => `${severity} 不呼叫任何人`,
    'never-rang': ({ outcome }) => (outcome === 'failed' ? '呼叫失败' : '电话没有响过'),
    'kept-quiet': ({ cause }) => `当时不呼叫任何人：${factIn('zh', cause)}`,
    'off-duty': ({ schedules, at }, { clock }) => `${clock(at)} 不在 ${schedules.join('、')} 值班`,
    'not-named': ({ policy }) => `策略 ${policy} 没有写到`,
  },
}

const fates: Record<Language, Sentences<KeyFate, [Times]>> = {
  en: {
    'never-came': ({ key, projects }) =>
      `no alert with the key ${key} has come to ${projects.join(', ')}, or it is forgotten: see whether its sender reaches us (\`inbound\`, \`doctor\`)`,
    'resolved-first': ({ key, project, at }, { clock }) =>
      `the end of ${key} (${project}) came before its alert, which was taken at ${clock(at)}: nothing was left to page for`,
    'in-storm': ({ key, project, number, open }) =>
      `${key} came above the storm limit of ${project} and joined #${number}${open ? '' : '; it is over'}`,
    'in-group': ({ key, number, by, open }) =>
      `${key} is one of the alerts of #${number} (${by})${open ? '' : '; it is over'}`,
    'check-well': ({ key, verdict }) => `the check ${key} is ${words.en.sees[verdict]}: nothing to page for`,
    'check-waits': ({ key, on }) => `the check ${key} depends on ${on}, which is not up: that one pages`,
    'check-unseen': ({ key }) => `nobody has looked at the check ${key} yet`,
  },
  zh: {
    'never-came': ({ key, projects }) =>
      `${projects.join('、')} 没有收到过键为 ${key} 的告警，或已过期删除：看发送方能否送达（\`inbound\`、\`doctor\`）`,
    'resolved-first': ({ key, project, at }, { clock }) =>
      `${key}（${project}）的恢复先于触发到达，触发在 ${clock(at)}：已无需呼叫`,
    'in-storm': ({ key, project, number, open }) =>
      `${key} 超过 ${project} 的风暴上限，并入 #${number}${open ? '' : '；已恢复'}`,
    'in-group': ({ key, number, by, open }) => `${key} 归入 #${number}（${by}）${open ? '' : '；已恢复'}`,
    'check-well': ({ key, verdict }) => `检查 ${key} ${words.zh.sees[verdict]}：无需呼叫`,
    'check-waits': ({ key, on }) => `检查 ${key} 依赖 ${on}，而后者异常：由后者呼叫`,
    'check-unseen': ({ key }) => `还没有看过检查 ${key}`,
  },
}

/** The rule behind a decision, for people. */
export function ruleText({ code, args }: Rule, language: Language): string {
  return rules[language][code](args as never)
}

/** Why somebody was not called; times as seen from `reference`, in `timezone` (IANA). */
export function notCalledText(why: NotCalled, language: Language, reference: number, timezone: string): string {
  const own = Object.hasOwn(uncalled[language], why.code)
    ? uncalled[language][why.code as OwnNotCalled['code']]
    : undefined
  const clock = (at: number) => timeSeenFrom(reference, at, timezone)
  return own === undefined ? factIn(language, why as never) : own(why.args as never, { clock })
}

/** What became of an alert; times as seen from `reference`, in `timezone` (IANA). */
export function fateText({ code, args }: KeyFate, language: Language, reference: number, timezone: string): string {
  return fates[language][code](args as never, { clock: (at) => timeSeenFrom(reference, at, timezone) })
}
