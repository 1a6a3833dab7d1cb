import { fault, findingsOf, ok, skipped, warning } from '../../../shared/channels/diagnoses/finding.ts'
import { spaced } from '../../../shared/contracts/spaced.ts'
import type { Bilingual } from '../../../shared/contracts/words.ts'
import { several } from '../counts.ts'

const setClock = { en: "set this machine's clock, by NTP", zh: '用 NTP 校准本机时钟' }

/** `aheadMs`: negative if behind. */
function offBy(aheadMs: number, whose: Bilingual): Bilingual {
  const seconds = Math.round(Math.abs(aheadMs) / 1000)
  const [en, zh] = aheadMs > 0 ? ['ahead of', '快'] : ['behind', '慢']
  return { en: `${seconds} s ${en} ${whose.en}`, zh: spaced`比${whose.zh}${zh} ${String(seconds)} 秒` }
}

/** What is found of clocks, ours and the probes'. */
export const found = findingsOf('clocks', {
  'no-date': () => skipped({ en: 'the answer bears no date', zh: '应答没有日期' }),
  within: (ms: number) => {
    const seconds = Math.ceil(Math.abs(ms) / 1000)
    return ok({ en: `within ${seconds} s`, zh: `相差不到 ${seconds} 秒` })
  },
  off: (aheadMs: number, cloud: Bilingual) => {
    const { en, zh } = offBy(aheadMs, cloud)
    return warning({ en: `this machine is ${en}`, zh: `本机${zh}` }, setClock)
  },
  'off-too-far': (aheadMs: number, cloud: Bilingual) => {
    const { en, zh } = offBy(aheadMs, cloud)
    return fault({ en: `this machine is ${en}: signatures are refused`, zh: `本机${zh}：签名会被拒绝` }, setClock)
  },
  'no-report': () => skipped({ en: 'no report to tell by', zh: '没有上报可以比较' }),
  'probes-within': (functions: number, ms: number) =>
    ok({
      en: `by the last reports of ${several(functions, 'function', 'en')}: within ${ms / 1000} s`,
      zh: `按 ${several(functions, 'function', 'zh')}最近的上报：相差不到 ${ms / 1000} 秒`,
    }),
  'probe-off': (aheadMs: number) => {
    const { en, zh } = offBy(aheadMs, { en: "the queue's clock", zh: '队列的时钟' })
    const isBehind = aheadMs < 0
    return warning(
      {
        en: `${en}${isBehind ? ', or its last report came that late' : ''}`,
        zh: `${zh}${isBehind ? '，或最近的上报晚到了这么久' : ''}`,
      },
      {
        en: "look at the function's log for reports that came late; nothing of ours sets the clock of a cloud",
        zh: '在该函数的日志里找晚到的上报；云的时钟不由我们校准',
      },
    )
  },
})
