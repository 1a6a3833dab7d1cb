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
      // Describing an instance looks into its directory as well (Amazon Connect, "Required permissions").
      DescribeInstance: ['connect:DescribeInstance', 'ds:DescribeDirectories'],
      DescribeContactFlow: 'connect:DescribeContactFlow',
      ListPhoneNumbersV2: 'connect:ListPhoneNumbersV2',
      ListServiceQuotas: 'servicequotas:ListServiceQuotas',
    },
    source: 'Service Authorization Reference, "Actions, resources, and condition keys"',
  },
]
