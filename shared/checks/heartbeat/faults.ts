import type { Wording } from '../../contracts/fact.ts'
import type { Language } from '../../contracts/words.ts'
import type { HeartbeatFault } from '../../evaluation/heartbeat.ts'
import { timeIn } from '../phrases.ts'

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const

/** `1d 2h`: the two largest units of a duration. */
function spanIn(language: Language, ms: number): string {
  const first = units.findIndex(([, size]) => ms >= size)
  if (first < 0) return timeIn(language, 's', 0)
  let rest = ms
  const parts = units.slice(first, first + 2).flatMap(([unit, size]) => {
    const own = rest
    rest %= size
    return own >= size ? [timeIn(language, unit, own)] : []
  })
  return parts.join(' ')
}

export const heartbeatWording: Wording<HeartbeatFault> = {
  'no-report-yet': { zh: () => '尚无上报', en: () => 'no report yet' },
  'never-reported': {
    zh: ({ periodMs }) => `从未上报，应每 ${spanIn('zh', periodMs)}一次`,
    en: ({ periodMs }) => `never reported, expected every ${spanIn('en', periodMs)}`,
  },
  'report-late': {
    zh: ({ agoMs, periodMs }) => `上次上报在 ${spanIn('zh', agoMs)}前，应每 ${spanIn('zh', periodMs)}一次`,
    en: ({ agoMs, periodMs }) => `last report ${spanIn('en', agoMs)} ago, expected every ${spanIn('en', periodMs)}`,
  },
  'job-failed': { zh: () => '任务上报失败', en: () => 'the job reports a failure' },
  'not-ended': {
    zh: ({ agoMs, graceMs }) => `${spanIn('zh', agoMs)}前开始，未在 ${spanIn('zh', graceMs)}内结束`,
    en: ({ agoMs, graceMs }) =>
      `began ${spanIn('en', agoMs)} ago and has not ended, expected within ${spanIn('en', graceMs)}`,
  },
  'job-says': { zh: ({ said }) => said, en: ({ said }) => said },
}
