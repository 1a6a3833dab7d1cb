import * as z from 'zod/mini'
import { type Fact, fact } from './fact.ts'

/**
 * The facts that alerts bring over the queue in place of a summary: those of our functions that hear or look for themselves and write no
 * incident. What else we say ourselves never goes that way, and is taken from nobody.
 */
const sentCodes = [
  'aws-change',
  'failover-elsewhere',
  'failover-home',
  'failover-none-well',
  'failover-well-again',
  'region-late',
  'region-never-worked',
  'region-unread',
  'region-unanswering',
  'region-other-secret',
  'region-clock',
  'region-clock-apart',
  'region-well',
  'region-other-version',
  'region-same-version',
  'region-gone',
] as const

/** One of them, with arguments of whatever version its sender has. */
export const sentFact: z.ZodMiniType<Fact> = fact.check(
  z.refine(({ code }) => sentCodes.some((one) => one === code), 'is no fact that an alert may bring'),
)
