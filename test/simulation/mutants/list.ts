import { checks } from './checks.ts'
import { escalation } from './escalation.ts'
import { expiry } from './expiry.ts'
import { ivr } from './ivr.ts'
import { links } from './links.ts'
import type { Mutant } from './mutant.ts'
import { nights } from './nights.ts'
import { outbox } from './outbox.ts'
import { pauses } from './pauses.ts'
import { phoneLine } from './phone-line.ts'
import { queues } from './queues.ts'
import { regions } from './regions.ts'
import { storms } from './storms.ts'
import { texts } from './texts.ts'
import { writing } from './writing.ts'

/** All of them. */
export const list: Mutant[] = [
  ...writing,
  ...outbox,
  ...phoneLine,
  ...ivr,
  ...escalation,
  ...expiry,
  ...pauses,
  ...nights,
  ...checks,
  ...storms,
  ...texts,
  ...queues,
  ...links,
  ...regions,
]
