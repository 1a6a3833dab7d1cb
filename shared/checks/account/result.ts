import type { AccountFault, NotInForce } from './faults.ts'
import type { AccountLimits, Limited } from './spec.ts'

/** What one question to the vendor has shown; without a fact there is nothing to tell. */
export interface AccountResult {
  outcome: 'up' | 'degraded' | 'down' | 'unknown'
  fact?: AccountFault
}

/** What was asked for by either limit. */
export function isLimited({ degraded, down }: Limited, of: keyof AccountLimits): boolean {
  return degraded[of] !== undefined || down[of] !== undefined
}

/** How much is left, beside the limits. */
export function leftOf(
  { degraded, down }: Limited,
  of: 'texts' | 'packages' | 'balance' | 'calls',
  left: number,
  tell: Tell,
): AccountResult {
  const [least, early] = [down[of] ?? -Infinity, degraded[of] ?? -Infinity]
  if (left < least) return { outcome: 'down', fact: tell(least) }
  if (left < early) return { outcome: 'degraded', fact: tell(early) }
  return { outcome: 'up', fact: tell() }
}

type Tell = (limit?: number) => AccountFault

/** What the account may still spend. Below nothing, the cloud stops serving it soon, whatever the limits are. */
export function balanceOf(spec: Limited, amount: number, currency: string): AccountResult {
  if (amount < 0) return { outcome: 'down', fact: { code: 'account-in-arrears', args: { amount: -amount, currency } } }
  return leftOf(spec, 'balance', amount, (limit) => ({
    code: 'account-balance',
    args: { amount, currency, ...(limit === undefined ? {} : { limit }) },
  }))
}

/** How old a key is; `createdAt` is UTC ms, absent: the vendor does not list it. `user`: whose it is, where it is not who asks. */
export function keyAgeOf(
  { degraded, down }: Limited,
  createdAt: number | undefined,
  now: number,
  user?: string,
): AccountResult {
  if (createdAt === undefined || Number.isNaN(createdAt))
    return { outcome: 'unknown', fact: { code: 'account-key-not-listed', args: {} } }
  const ageMs = now - createdAt
  const tell = (limitMs: number): AccountFault => ({
    code: 'account-key-old',
    args: { ageMs, limitMs, ...(user === undefined ? {} : { user }) },
  })
  const [old, early] = [down.keyAgeMs ?? Infinity, degraded.keyAgeMs ?? Infinity]
  if (ageMs > old) return { outcome: 'down', fact: tell(old) }
  if (ageMs > early) return { outcome: 'degraded', fact: tell(early) }
  return { outcome: 'up' }
}

/** A signature, template or number that texts and calls need; `state` absent: it may be used. */
export function reviewOf(
  what: NotInForce['what'],
  name: string,
  state?: NotInForce['state'],
  said = '',
): AccountResult {
  if (state === undefined) return { outcome: 'up' }
  return { outcome: 'down', fact: { code: 'account-not-approved', args: { what, name, state, said } } }
}
