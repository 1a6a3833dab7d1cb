import { idOf } from './arn.ts'

/** An entry of ListServiceQuotas (Service Quotas API reference). */
export interface Quota {
  QuotaName?: string
  Value?: number
  QuotaContext?: { ContextId?: string }
}

/** What ListServiceQuotas is asked for, page by page. */
export const quotaInput = { ServiceCode: 'connect', QuotaAppliedAtLevel: 'ALL', MaxResults: 100 }

/** As it is called in "Amazon Connect service quotas"; older lists leave out "active". */
const concurrentCalls = /^Concurrent (active )?calls per instance$/i

/** How many calls at once an instance may have, by its id or ARN: its own value, or what instances have in common. */
export function concurrentCallsOf(instance: string, all: Quota[]): number | undefined {
  const quotas = all.filter(({ QuotaName = '' }) => concurrentCalls.test(QuotaName))
  const own = quotas.find(({ QuotaContext }) => idOf(QuotaContext?.ContextId ?? '') === idOf(instance))
  return (own ?? quotas.find(({ QuotaContext }) => QuotaContext?.ContextId === undefined))?.Value
}
