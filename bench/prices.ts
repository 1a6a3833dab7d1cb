/**
 * List prices of us-east-1 in USD, as read in 2026-11: AWS's price pages for Lambda, SQS, DynamoDB (on demand), CloudWatch, Key Management
 * Service and data transfer. The free tier is left out. Rules by which a schedule invokes a function cost nothing (CloudWatch price page:
 * "All events except custom events are included"), nor do standard parameters, kept or read (Systems Manager price page, "Parameter Store").
 */
export const prices = {
  lambdaRequests: 0.2e-6,
  /** arm64. */
  lambdaGbSeconds: 0.000_013_333_4,
  /** 64 KB of a message are a request. */
  sqsRequests: 0.4e-6,
  writeUnits: 0.625e-6,
  readUnits: 0.125e-6,
  logGigabytes: 0.5,
  /** A month, for each metric that an alarm looks at. */
  alarmMetrics: 0.1,
  /** A parameter that is encrypted takes one each time that it is read, with AWS's own key, too. */
  kmsRequests: 3e-6,
  /** From one region to another. */
  transferGigabytes: 0.02,
} as const

export type Item = keyof typeof prices

/** So much of each item. */
export type Used = Partial<Record<Item, number>>

/** What is used costs, USD. */
export function costOf(used: Used): number {
  return Object.entries(used).reduce((sum, [item, amount]) => sum + amount * prices[item as Item], 0)
}

/** All that is used, `times` over. */
export function sumOf(all: Used[], times = 1): Used {
  const sum: Used = {}
  for (const used of all)
    for (const [item, amount] of Object.entries(used)) sum[item as Item] = (sum[item as Item] ?? 0) + amount * times
  return sum
}
