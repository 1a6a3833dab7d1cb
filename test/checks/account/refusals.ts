import type { Failure } from '../../simulators/failures.ts'

export type Refusal = [why: string, failure: Failure, outcome: string, fault: object]

const malformed = { args: { fault: { code: 'api-answer-malformed' } } }

/**
 * What a cloud may answer in place of what was asked, and what is told then: `keyRefused` and `notAllowed` are its codes, `empty` is an
 * answer without the money.
 */
export function refusals(keyRefused: string, notAllowed: string, empty: string): Refusal[] {
  return [
    ['a key that is none', { kind: 'error', code: keyRefused }, 'down', { code: 'account-key-refused' }],
    ['a right that is lacking', { kind: 'error', code: notAllowed }, 'unknown', { code: 'account-not-told' }],
    ['a vendor that is busy', { kind: 'rate-limit' }, 'unknown', { code: 'account-not-told' }],
    ['a gateway that fails', { kind: 'http', status: 502 }, 'unknown', { args: { fault: { code: 'api-status' } } }],
    ['garbage', { kind: 'garbage' }, 'unknown', malformed],
    ['an answer without the money', { kind: 'garbage', body: empty }, 'unknown', malformed],
    ['a cut line', { kind: 'reset' }, 'unknown', { args: { fault: { code: 'api-no-answer' } } }],
  ]
}
