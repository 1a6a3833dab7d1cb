import type { OverrideRefused } from '../../shared/oncall/override-refused.ts'

const statuses: Partial<Record<OverrideRefused['code'], 403 | 409>> = {
  'not-theirs': 403,
  contradicts: 409,
  changed: 409,
  busy: 409,
  'too-many': 409,
  unreadable: 409,
  'no-such-override': 409,
}

/** As HTTP has it, why an override is not made, or not taken away. */
export function statusOf(code: OverrideRefused['code']): 400 | 403 | 409 {
  return statuses[code] ?? 400
}
