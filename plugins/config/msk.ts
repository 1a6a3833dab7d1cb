import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { actionsOf, type Grant, resourcesOf } from '../provider/authorisation.ts'

/** What the requests of a `kafka-lag` check take at a cluster of MSK that knows its callers by IAM. */
const SOURCE = 'Amazon MSK developer guide, "Semantics of IAM authorization policy actions and resources"'

const reading: Grant[] = [
  {
    on: ['cluster/*'],
    calls: { 'a connection': 'kafka-cluster:Connect', ListGroups: 'kafka-cluster:DescribeCluster' },
    source: SOURCE,
  },
  {
    on: ['topic/*'],
    calls: { Metadata: 'kafka-cluster:DescribeTopic', ListOffsets: 'kafka-cluster:DescribeTopic' },
    source: SOURCE,
  },
  {
    on: ['group/*'],
    calls: {
      FindCoordinator: 'kafka-cluster:DescribeGroup',
      OffsetFetch: 'kafka-cluster:DescribeGroup',
      DescribeGroups: 'kafka-cluster:DescribeGroup',
    },
    source: SOURCE,
  },
]

/**
 * What a probe's role needs beside what the template gives it: reading the clusters of MSK that its checks enter with the role
 * (`sasl: { mechanism: aws-iam }`), those of its own account, as brokers' names don't tell which cluster they are of.
 */
export function mskStatements({ checks }: Pick<CompiledConfig, 'checks'>): object[] {
  const regions = new Set(checks.flatMap(({ spec }) => regionOf(spec) ?? []))
  return [...regions].flatMap((region) =>
    reading.map((grant) => ({
      Effect: 'Allow',
      Action: actionsOf(grant),
      Resource: resourcesOf(grant, '').map((resource) => ({
        'Fn::Sub': `arn:\${AWS::Partition}:kafka:${region}:\${AWS::AccountId}:${resource}`,
      })),
    })),
  )
}

function regionOf(spec: unknown): string | undefined {
  const { sasl } = (spec as { cluster?: { sasl?: { mechanism: string; region?: string } } }).cluster ?? {}
  return sasl?.mechanism === 'aws-iam' ? sasl.region : undefined
}
