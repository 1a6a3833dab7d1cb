import { FoundError } from '../../shared/channels/diagnoses/finding.ts'
import { elements, reasonOfAws } from '../../shared/clouds/aws/answer.ts'
import { found } from '../words/findings/aws.ts'
import type { Patient } from './patient.ts'

export interface Metric {
  namespace: 'AWS/Lambda' | 'AWS/SQS'
  name: string
  /** The one dimension that it has, such as `QueueName`. */
  dimension: string
  of: string
  statistic: 'Sum' | 'Maximum'
  lookBackMs: number
}

/**
 * A metric's values of the last minutes, one a minute where there is any; CloudWatch has them a minute or two late. API reference:
 * GetMetricStatistics, version 2010-08-01. Rejects with `skipped` when it may not be asked.
 */
export async function metric(wanted: Metric, { aws, now }: Patient, signal: AbortSignal): Promise<number[]> {
  const { namespace, name, dimension, of, statistic, lookBackMs } = wanted
  const body = new URLSearchParams({
    Action: 'GetMetricStatistics',
    Version: '2010-08-01',
    Namespace: namespace,
    MetricName: name,
    'Dimensions.member.1.Name': dimension,
    'Dimensions.member.1.Value': of,
    StartTime: new Date(now() - lookBackMs).toISOString(),
    EndTime: new Date(now()).toISOString(),
    Period: '60',
    'Statistics.member.1': statistic,
  })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await aws({ service: 'monitoring', method: 'POST', path: '/', headers, body: String(body), signal })
  if (answer.ok) return elements(await answer.text(), statistic).map(Number)
  throw new FoundError(found('unseen', await reasonOfAws(answer), 'cloudwatch:GetMetricStatistics'))
}
