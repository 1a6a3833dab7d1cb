import * as z from 'zod'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './milliseconds.ts'
import { issueText, mistake } from './mistake.ts'

const unitMs = { ms: 1, s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS } as const
type Unit = keyof typeof unitMs

/** From when to when a duration may be, as `duration` was told: for the published schema and the reference of the configuration. */
export const durationRange = /* @__PURE__ */ z.registry<{ from: string; to: string }>()

const pattern = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/

/** Milliseconds of `800ms`, `1.5s`, `5m`, `2h`, `1d`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const parts = pattern.exec(text)
  return parts ? Math.round(Number(parts[1]) * unitMs[parts[2] as Unit]) : undefined
}

/** A duration in the configuration, such as `5m`; its output is milliseconds. `min` and `max` are written the same way. */
export function duration(min: string, max: string) {
  const [least, most] = [parseDuration(min), parseDuration(max)]
  if (least === undefined || most === undefined) throw new Error(`not durations: ${min}, ${max}`)
  const schema = z
    .string({ error: (issue) => durationMessage(issue.input) })
    .regex(pattern, { error: (issue) => durationMessage(issue.input) })
    .transform((text, context) => {
      const ms = parseDuration(text) ?? Number.NaN
      if (ms >= least && ms <= most) return ms
      const words = {
        en: `${text} is out of range: from ${min} to ${max}`,
        zh: `${text} 超出范围：从 ${min} 到 ${max}`,
      }
      context.addIssue({ code: 'custom', message: issueText(mistake('duration-out-of-range', words)) })
      return z.NEVER
    })
  durationRange.add(schema, { from: min, to: max })
  return schema
}

function durationMessage(input: unknown): string | undefined {
  if (typeof input === 'number') {
    const forms = ['s', 'm', 'h', 'd'].map((unit) => `${input}${unit}`)
    const words = {
      en: `${input} has no unit: write ${forms.slice(0, 3).join(', ')} or ${forms[3]}`,
      zh: `${input} 没有单位：写成 ${forms.join('、')} 之一`,
    }
    return issueText(mistake('duration-without-unit', words))
  }
  if (typeof input !== 'string') return undefined
  const words = {
    en: `"${input}" is not a duration: write a number and a unit, such as 800ms, 1.5s, 5m, 2h or 1d`,
    zh: `“${input}”不是时长：写成数字加单位，如 800ms、1.5s、5m、2h、1d`,
  }
  return issueText(mistake('no-duration', words))
}
