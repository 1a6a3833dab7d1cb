import { provisions } from '../../shared/channels/registered/provisions.ts'
import type { Grant } from '../../shared/contracts/grant.ts'

/** What `fenghuo doctor` asks of AWS, by the call: an action is called as its API (Service Authorization Reference). */
export const asking: Grant[] = [
  {
    on: ['*'],
    calls: {
      GetFunctionConfiguration: 'lambda:GetFunctionConfiguration',
      ListEventSourceMappings: 'lambda:ListEventSourceMappings',
      GetParameters: 'ssm:GetParameters',
      GetAccountSettings: 'lambda:GetAccountSettings',
      GetMetricStatistics: 'cloudwatch:GetMetricStatistics',
      GetQueueUrl: 'sqs:GetQueueUrl',
      GetQueueAttributes: 'sqs:GetQueueAttributes',
      GetItem: 'dynamodb:GetItem',
      Query: 'dynamodb:Query',
      ...Object.assign({}, ...Object.values(provisions).map(({ asks }) => asks)),
      ListServiceQuotas: 'servicequotas:ListServiceQuotas',
    },
    source: 'Service Authorization Reference, "Actions, resources, and condition keys"',
  },
]
