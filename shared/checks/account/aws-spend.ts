import { DAY_MS } from '../../contracts/milliseconds.ts'
import { fact } from '../run/fault.ts'
import { askAws } from './aws-call.ts'
import { type Asking, numberIn } from './call.ts'
import { type AccountResult, leftOf } from './result.ts'
import type { AwsSpec } from './spec.ts'

/** Some point of two months shows that spending is counted, though nothing was sent this month. */
const LOOK_BACK_MS = 62 * DAY_MS

/** Which End User Messaging counts by ("Using service-linked roles"). */
const COUNTER = 'AWSServiceRoleForSMSVoice'

/**
 * What texts may still cost this month, USD: the enforced limit (DescribeSpendLimits) without what CloudWatch has counted. At its end
 * no text leaves any more, whatever is wanted.
 */
export async function spend(spec: AwsSpec, asking: Asking): Promise<AccountResult> {
  const action = 'DescribeSpendLimits'
  const { SpendLimits } = await askAws({ of: 'sms-voice', action, input: {} }, spec.region, asking)
  const limits: Record<string, unknown>[] = Array.isArray(SpendLimits) ? SpendLimits.map(Object) : []
  const ofTexts = limits.find(({ Name }) => Name === 'TEXT_MESSAGE_MONTHLY_SPEND_LIMIT')
  const total = numberIn(ofTexts?.EnforcedLimit, action)
  const spent = await spentThisMonth(spec, asking)
  if (spent === undefined) return { outcome: 'unknown', fact: fact('account-spend-uncounted') }
  const left = Math.max(0, total - spent)
  const tell = (limit?: number) => fact('account-spend', { left, total, ...(limit === undefined ? {} : { limit }) })
  return left === 0 ? { outcome: 'down', fact: tell() } : leftOf(spec, 'balance', left, tell)
}

/**
 * TextMessageMonthlySpend grows through the month (UTC) and has points around texts alone: none is nothing spent, or nothing counted.
 * "Monitoring AWS End User Messaging SMS with Amazon CloudWatch".
 */
async function spentThisMonth({ region }: AwsSpec, asking: Asking): Promise<number | undefined> {
  const action = 'GetMetricStatistics'
  const now = asking.io.now()
  const input = {
    Namespace: 'AWS/SMSVoice',
    MetricName: 'TextMessageMonthlySpend',
    // Whole days, by which the points are.
    StartTime: (Math.floor(now / DAY_MS) * DAY_MS - LOOK_BACK_MS) / 1000,
    EndTime: Math.ceil(now / 1000),
    Period: DAY_MS / 1000,
    Statistics: ['Maximum'],
  }
  const { Datapoints } = await askAws({ of: 'monitoring', action, input }, region, asking)
  const points: Record<string, unknown>[] = Array.isArray(Datapoints) ? Datapoints.map(Object) : []
  const month = new Date(now).toISOString().slice(0, 7)
  const isOfMonth = ({ Timestamp }: Record<string, unknown>) =>
    new Date(numberIn(Timestamp, action) * 1000).toISOString().startsWith(month)
  const newest = points.filter(isOfMonth).sort((one, other) => Number(other.Timestamp) - Number(one.Timestamp))[0]
  if (newest !== undefined) return numberIn(newest.Maximum, action)
  return points.length > 0 || (await isCounted(region, asking)) ? 0 : undefined
}

/** GetRole: whether End User Messaging has the role by which it counts. */
async function isCounted(region: string | undefined, asking: Asking): Promise<boolean> {
  const { isMissing } = await askAws({ of: 'iam', action: 'GetRole', input: { RoleName: COUNTER } }, region, asking)
  return isMissing !== true
}
