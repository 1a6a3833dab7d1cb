import type { Grant } from '../../contracts/grant.ts'
import type { KindPermissions } from '../kind.ts'
import type { KafkaLagSpec } from './spec.ts'

/** What the requests of a `kafka-lag` check take at a cluster of MSK that knows its callers by IAM. */
const MSK = 'Amazon MSK developer guide, "Semantics of IAM authorization policy actions and resources"'

/**
 * Reading the clusters of MSK that a check enters with the probe's role (`sasl: { mechanism: aws-iam }`): those of its own account, as
 * brokers' names don't tell which cluster they are of.
 */
function readingMsk(region: string): Grant[] {
  const all = (resource: string) => `arn:\${AWS::Partition}:kafka:${region}:\${AWS::AccountId}:${resource}/*`
  return [
    {
      on: [all('cluster')],
      calls: { 'a connection': 'kafka-cluster:Connect', ListGroups: 'kafka-cluster:DescribeCluster' },
      source: MSK,
    },
    {
      on: [all('topic')],
      calls: { Metadata: 'kafka-cluster:DescribeTopic', ListOffsets: 'kafka-cluster:DescribeTopic' },
      source: MSK,
    },
    {
      on: [all('group')],
      calls: {
        FindCoordinator: 'kafka-cluster:DescribeGroup',
        OffsetFetch: 'kafka-cluster:DescribeGroup',
        DescribeGroups: 'kafka-cluster:DescribeGroup',
      },
      source: MSK,
    },
  ]
}

export const kafkaLagPermissions: KindPermissions = {
  aws(spec) {
    const { cluster } = spec as KafkaLagSpec
    const sasl = cluster.type === 'kafka' ? cluster.sasl : undefined
    return sasl?.mechanism === 'aws-iam' ? readingMsk(sasl.region) : []
  },
  tencent: [
    {
      on: ['*'],
      calls: {
        DescribeGroup: 'ckafka:DescribeGroup',
        DescribeGroupInfo: 'ckafka:DescribeGroupInfo',
        DescribeGroupOffsets: 'ckafka:DescribeGroupOffsets',
      },
      source: 'product/597, "Access management"',
    },
  ],
  aliyun: [
    {
      on: ['*'],
      calls: { GetConsumerProgress: 'alikafka:ListGroup', GetConsumerList: 'alikafka:ListGroup' },
      source: 'AliKafka, "GetConsumerProgress" and "GetConsumerList", authorisation',
    },
  ],
}
