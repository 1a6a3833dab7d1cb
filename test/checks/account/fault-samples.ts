import type { AccountFault } from '../../../shared/checks/account/faults.ts'
import { type FaultSamples, QUOTED } from '../fault-samples.ts'
import { apiSamples } from '../network/fault-samples.ts'

const review = { what: 'sign', name: QUOTED, said: QUOTED } as const

export const faultSamples: FaultSamples<AccountFault> = {
  ...apiSamples,
  'account-texts': [{ count: 12_345 }, { count: 40, limit: 500 }],
  'account-package': [
    { name: QUOTED, left: 12_345, unit: QUOTED },
    { name: QUOTED, left: 0, unit: '', limit: 500 },
  ],
  'account-balance': [
    { amount: 88.2, currency: 'CNY' },
    { amount: 3, currency: 'USD', limit: 100 },
  ],
  'account-in-arrears': [{ amount: 11.19, currency: 'CNY' }],
  'account-key-old': [
    { ageMs: 200 * 86_400_000, limitMs: 180 * 86_400_000 },
    { ageMs: 200 * 86_400_000, limitMs: 180 * 86_400_000, user: QUOTED },
  ],
  'account-spend': [
    { left: 12.5, total: 50 },
    { left: 3, total: 50, limit: 10 },
  ],
  'account-spend-uncounted': [{}],
  'account-calls': [{ count: 10 }, { count: 10, limit: 20 }],
  'account-key-not-listed': [{}],
  'account-not-approved': [
    { ...review, state: 'under-review' },
    { ...review, state: 'not-in-force' },
    { ...review, what: 'template', state: 'refused' },
    { ...review, state: 'missing', said: '' },
    { ...review, what: 'number', state: 'not-active' },
    { ...review, what: 'sender', state: 'missing' },
    { ...review, what: 'instance', state: 'no-calls-out' },
    { ...review, what: 'user', state: 'missing' },
    { ...review, what: 'application', state: 'disabled', said: '' },
    { ...review, what: 'application', state: 'seen-by-nobody', said: '' },
  ],
  'account-key-refused': [{ action: QUOTED, error: QUOTED, said: QUOTED }],
  'account-not-told': [{ action: QUOTED, fault: { code: 'api-status', args: { status: 500 } } }],
  'account-several': [
    {
      each: [
        { code: 'account-texts', args: { count: 3, limit: 50 } },
        { code: 'account-in-arrears', args: { amount: 1, currency: 'CNY' } },
      ],
    },
  ],
}
