import type { VendorAnswer } from './server.ts'

/** A quota of Amazon Connect, of one of its instances where it says which. */
export interface SimulatedQuota {
  QuotaName: string
  Value: number
  contextId?: string
}

/** What ListServiceQuotas answers to `asked`, a page each; undefined: not for this service, or not at all levels. */
export function quotaPage(asked: Record<string, unknown>, pages: SimulatedQuota[][]): VendorAnswer | undefined {
  const { ServiceCode, QuotaAppliedAtLevel, NextToken = '0' } = asked
  if (ServiceCode !== 'connect' || QuotaAppliedAtLevel !== 'ALL') return undefined
  const page = Number(NextToken)
  const Quotas = (pages[page] ?? []).map(({ contextId, ...quota }) => ({
    ServiceCode,
    ...quota,
    ...(contextId === undefined ? {} : { QuotaContext: { ContextScope: 'RESOURCE', ContextId: contextId } }),
  }))
  const more = page + 1 < pages.length ? { NextToken: String(page + 1) } : {}
  return { status: 200, body: { ...more, Quotas } }
}

/** An answer in XML; `text` lacks the end of its first element. */
export function xml(text: string): VendorAnswer {
  const closing = /^<(\w+)>/.exec(text)?.[1]
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: Buffer.from(`${text}</${closing}>`) }
}
