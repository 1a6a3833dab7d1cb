import { idOf } from '../../clouds/aws/arn.ts'
import type { Grant } from '../../contracts/grant.ts'
import { isLimited } from './result.ts'
import type { AwsSpec } from './spec.ts'

const source = 'Service Authorization Reference, "Actions, resources, and condition keys"'

/** What a probe is allowed to ask of AWS, and no more than its check asks for. */
export function awsGrants({ region, instance, caller, users, ...spec }: AwsSpec): Grant[] {
  const isOf = (what: Parameters<typeof isLimited>[1]) => isLimited(spec, what)
  const lists: Record<string, string> = {
    ...(isOf('balance') && {
      DescribeSpendLimits: 'sms-voice:DescribeSpendLimits',
      GetMetricStatistics: 'cloudwatch:GetMetricStatistics',
    }),
    ...(spec.numbers.length > 0 && { DescribePhoneNumbers: 'sms-voice:DescribePhoneNumbers' }),
    ...(spec.senders.length > 0 && { DescribeSenderIds: 'sms-voice:DescribeSenderIds' }),
    ...(caller !== undefined && { ListPhoneNumbersV2: 'connect:ListPhoneNumbersV2' }),
    ...(isOf('calls') && { ListServiceQuotas: 'servicequotas:ListServiceQuotas' }),
    // Describing an instance looks into its directory as well (Amazon Connect, "Required permissions").
    ...(instance !== undefined && { DescribeDirectories: 'ds:DescribeDirectories' }),
  }
  const iam = 'arn:${AWS::Partition}:iam::${AWS::AccountId}'
  const counter = `${iam}:role/aws-service-role/sms-voice.amazonaws.com/AWSServiceRoleForSMSVoice`
  return [
    ...(Object.keys(lists).length > 0 ? [{ on: ['*'], calls: lists, source }] : []),
    ...(isOf('balance') ? [{ on: [counter], calls: { GetRole: 'iam:GetRole' }, source }] : []),
    ...(instance === undefined
      ? []
      : [{ on: [instanceArn(instance, region)], calls: { DescribeInstance: 'connect:DescribeInstance' }, source }]),
    ...(users.length === 0
      ? []
      : [{ on: users.map((user) => `${iam}:user/${user}`), calls: { ListAccessKeys: 'iam:ListAccessKeys' }, source }]),
  ]
}

/** One that the environment names is any of the account. */
function instanceArn(instance: string, region = '${AWS::Region}'): string {
  const id = instance.includes('$') ? '*' : idOf(instance)
  return `arn:\${AWS::Partition}:connect:${region}:\${AWS::AccountId}:instance/${id}`
}
