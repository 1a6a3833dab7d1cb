import type { OverrideRefused } from '../../oncall/override-refused.ts'
import type { Override } from '../../oncall/plan.ts'

/** That an override is not made, or not taken away, and why. Nothing was written. */
export class OverrideRefusal extends Error {
  readonly why: OverrideRefused
  /** The one that is in its way. */
  readonly other: Override | undefined

  constructor(why: OverrideRefused, other?: Override) {
    super(why.code)
    this.why = why
    this.other = other
  }

  get code(): OverrideRefused['code'] {
    return this.why.code
  }
}

/** The refusal for a reason; `other` is in its way. */
export function refusal<Code extends OverrideRefused['code']>(
  code: Code,
  args: Extract<OverrideRefused, { code: Code }>['args'],
  other?: Override,
): OverrideRefusal {
  return new OverrideRefusal({ code, args } as OverrideRefused, other)
}
