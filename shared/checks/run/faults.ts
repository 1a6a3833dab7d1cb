import type { Fact, FactOf, Wording } from '../../contracts/fact.ts'

type Nothing = Record<never, never>

/** What may become of a run of any check, whatever its kind. */
export type RunFault = FactOf<{
  'not-run-in-time': Nothing
  'still-running': Nothing
  'kind-unknown': { kind: string }
  'did-not-end': Nothing
  'cut-short': Nothing
  /** With the message of an error that nobody expected. */
  'check-failed': { said: string }
  'after-tries': { tries: number; last: Fact }
  /** A try that went better than the one before; `now` is what there is to say of it. */
  recovered: { try: number; before: Fact; now?: Fact }
}>

export const runWording: Wording<RunFault> = {
  'not-run-in-time': { zh: () => '本轮探测时间用尽，未执行', en: () => 'not run: the run was out of time' },
  'still-running': { zh: () => '上一次探测尚未结束，未执行', en: () => 'not run: its last run has not ended' },
  'kind-unknown': {
    zh: ({ kind }) => `这个探针没有 ${kind} 类检查`,
    en: ({ kind }) => `this probe knows no check of kind ${kind}`,
  },
  'did-not-end': { zh: () => '检查没有按时结束', en: () => 'the check did not end in time' },
  'cut-short': { zh: () => '本轮探测时间用尽，被中断', en: () => 'cut short: the run was out of time' },
  'check-failed': { zh: ({ said }) => `检查出错：${said}`, en: ({ said }) => `the check failed: ${said}` },
  'after-tries': {
    zh: ({ tries, last }, say) => `${say(last)}（共 ${tries} 次尝试）`,
    en: ({ tries, last }, say) => `${say(last)}; ${tries} tries`,
  },
  recovered: {
    zh: ({ try: count, before, now }, say) => `${now ? `${say(now)}；` : ''}第 ${count} 次尝试，此前：${say(before)}`,
    en: ({ try: count, before, now }, say) => `${now ? `${say(now)}; ` : ''}try ${count}, before: ${say(before)}`,
  },
}
