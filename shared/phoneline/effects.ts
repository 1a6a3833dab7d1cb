import type { EffectRules } from '../contracts/machine.ts'
import type { PhoneLine, PhoneLineEffect } from './phone-line.ts'

/** What holds for the effects of a phone line. What each does is in `shared/engine/dispatch.ts`. */
export const phoneLineEffects: EffectRules<PhoneLineEffect, PhoneLine> = {
  stop: { order: 'beside', carriedBy: 'gateway' },
  dial: { order: 'beside', carriedBy: 'gateway' },
  link: { order: 'beside', carriedBy: 'anybody' },
  acknowledge: { order: 'beside', carriedBy: 'anybody' },
  outcome: { order: 'beside', carriedBy: 'anybody' },
  deadline: { order: 'beside', carriedBy: 'anybody' },
}
