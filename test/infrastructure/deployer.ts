import { readFileSync } from 'node:fs'
import { takesTags } from './specification.ts'
import type { Resource, Template } from './template.ts'

interface Statement {
  Action: string | string[]
  Resource: string | string[]
}

/** What the guide to AWS lets whoever deploys do: the first JSON in it. */
function guided(): Statement[] {
  const guide = readFileSync(new URL('../../docs/guides/aws.md', import.meta.url), 'utf8')
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(guide) ?? []
  return (JSON.parse(json) as { Statement: Statement[] }).Statement
}

interface Kind {
  /** The property that names it; absent, or not set: CloudFormation makes a name of the stack's. */
  name?: string
  arn(name: string): string
  /** To make it, change it where that happens, and take it away. */
  actions: string[]
  /** To set, take off and read its tags, where it takes any: the framework gives each stack one, which goes on all. */
  tags?: string[]
}

const lambda = (name: string) => `arn:aws:lambda:r:1:function:${name}`
const connect = () => 'arn:aws:connect:r:1:instance/11111111-2222-3333-4444-555555555555'
const eachOf = (service: string, ...actions: string[]) => actions.map((action) => `${service}:${action}`)

/** API Gateway knows no actions but HTTP's methods (its IAM reference, "Actions, resources, and condition keys"). */
function apiGateway(type: string, path: string): Record<string, Kind> {
  const methods = eachOf('apigateway', 'GET', 'POST', 'PATCH', 'PUT', 'DELETE')
  return {
    [`AWS::ApiGatewayV2::${type}`]: { arn: () => `arn:aws:apigateway:r::${path}`, actions: methods, tags: methods },
  }
}

/** By what CloudFormation calls for each type of ours (CloudFormation's resource types, "handlers", permissions). */
const kinds: Record<string, Kind> = {
  'AWS::S3::Bucket': {
    arn: (name) => `arn:aws:s3:::${name.toLowerCase()}`,
    actions: eachOf(
      's3',
      ...['CreateBucket', 'PutEncryptionConfiguration', 'PutBucketPublicAccessBlock', 'PutLifecycleConfiguration'],
      'DeleteBucket',
    ),
    tags: eachOf('s3', 'PutBucketTagging', 'GetBucketTagging'),
  },
  'AWS::S3::BucketPolicy': {
    arn: (name) => `arn:aws:s3:::${name.toLowerCase()}`,
    actions: eachOf('s3', 'PutBucketPolicy', 'GetBucketPolicy', 'DeleteBucketPolicy'),
  },
  'AWS::Logs::LogGroup': {
    name: 'LogGroupName',
    arn: (name) => `arn:aws:logs:r:1:log-group:${name}:*`,
    actions: eachOf('logs', 'CreateLogGroup', 'PutRetentionPolicy', 'DeleteLogGroup'),
    tags: eachOf('logs', 'TagResource', 'UntagResource', 'ListTagsForResource'),
  },
  'AWS::Lambda::Function': {
    name: 'FunctionName',
    arn: lambda,
    actions: eachOf(
      'lambda',
      ...['CreateFunction', 'GetFunction', 'UpdateFunctionCode', 'UpdateFunctionConfiguration', 'DeleteFunction'],
      ...['PutFunctionRecursionConfig', 'GetFunctionRecursionConfig'],
    ),
    tags: eachOf('lambda', 'TagResource', 'UntagResource', 'ListTags'),
  },
  'AWS::Lambda::EventInvokeConfig': {
    arn: lambda,
    actions: eachOf(
      'lambda',
      ...['PutFunctionEventInvokeConfig', 'UpdateFunctionEventInvokeConfig', 'DeleteFunctionEventInvokeConfig'],
    ),
  },
  'AWS::Lambda::Url': {
    arn: lambda,
    actions: eachOf('lambda', 'CreateFunctionUrlConfig', 'UpdateFunctionUrlConfig', 'DeleteFunctionUrlConfig'),
  },
  'AWS::Lambda::Permission': {
    arn: lambda,
    actions: eachOf('lambda', 'AddPermission', 'GetPolicy', 'RemovePermission'),
  },
  'AWS::Lambda::EventSourceMapping': {
    arn: (name) => `arn:aws:lambda:r:1:event-source-mapping:${name}`,
    actions: eachOf(
      'lambda',
      ...['CreateEventSourceMapping', 'GetEventSourceMapping', 'UpdateEventSourceMapping', 'DeleteEventSourceMapping'],
    ),
    tags: eachOf('lambda', 'TagResource', 'UntagResource', 'ListTags'),
  },
  'AWS::Events::Rule': {
    name: 'Name',
    arn: (name) => `arn:aws:events:r:1:rule/${name}`,
    actions: eachOf('events', 'PutRule', 'DescribeRule', 'PutTargets', 'RemoveTargets', 'DeleteRule'),
    tags: eachOf('events', 'TagResource', 'UntagResource', 'ListTagsForResource'),
  },
  'AWS::IAM::Role': {
    arn: (name) => `arn:aws:iam::1:role/${name}`,
    actions: eachOf('iam', 'CreateRole', 'GetRole', 'PutRolePolicy', 'PassRole', 'DeleteRolePolicy', 'DeleteRole'),
    tags: eachOf('iam', 'TagRole', 'UntagRole', 'ListRoleTags'),
  },
  'AWS::IAM::ManagedPolicy': {
    arn: (name) => `arn:aws:iam::1:policy/${name}`,
    actions: eachOf('iam', 'CreatePolicy', 'CreatePolicyVersion', 'DeletePolicyVersion', 'DeletePolicy'),
  },
  'AWS::IAM::User': {
    arn: (name) => `arn:aws:iam::1:user/${name}`,
    actions: eachOf('iam', 'CreateUser', 'AttachUserPolicy', 'DetachUserPolicy', 'CreateAccessKey', 'DeleteUser'),
    tags: eachOf('iam', 'TagUser', 'UntagUser', 'ListUserTags'),
  },
  'AWS::SQS::Queue': {
    name: 'QueueName',
    arn: (name) => `arn:aws:sqs:r:1:${name}`,
    actions: eachOf('sqs', 'CreateQueue', 'SetQueueAttributes', 'GetQueueAttributes', 'DeleteQueue'),
    tags: eachOf('sqs', 'TagQueue', 'UntagQueue', 'ListQueueTags'),
  },
  'AWS::DynamoDB::Table': {
    name: 'TableName',
    arn: (name) => `arn:aws:dynamodb:r:1:table/${name}`,
    actions: eachOf(
      'dynamodb',
      ...['CreateTable', 'DescribeTable', 'UpdateTable', 'UpdateTimeToLive', 'UpdateContinuousBackups', 'DeleteTable'],
    ),
    tags: eachOf('dynamodb', 'TagResource', 'UntagResource', 'ListTagsOfResource'),
  },
  'AWS::Connect::ContactFlow': {
    arn: () => `${connect()}/contact-flow/1`,
    actions: eachOf('connect', 'CreateContactFlow', 'UpdateContactFlowContent', 'DeleteContactFlow'),
    tags: eachOf('connect', 'TagResource', 'UntagResource'),
  },
  'AWS::Connect::IntegrationAssociation': {
    arn: connect,
    actions: eachOf('connect', 'AssociateLambdaFunction', 'DisassociateLambdaFunction', 'ListLambdaFunctions'),
    tags: eachOf('connect', 'TagResource', 'UntagResource'),
  },
  'AWS::SNS::Topic': {
    name: 'TopicName',
    arn: (name) => `arn:aws:sns:r:1:${name}`,
    actions: eachOf('sns', 'CreateTopic', 'SetTopicAttributes', 'DeleteTopic'),
    tags: eachOf('sns', 'TagResource', 'UntagResource', 'ListTagsForResource'),
  },
  'AWS::SNS::Subscription': {
    arn: (name) => `arn:aws:sns:r:1:${name}`,
    actions: eachOf('sns', 'Subscribe', 'Unsubscribe'),
  },
  ...apiGateway('Api', '/apis/a1b2'),
  ...apiGateway('Stage', '/apis/a1b2/stages/$default'),
  ...apiGateway('Integration', '/apis/a1b2/integrations/1'),
  ...apiGateway('Route', '/apis/a1b2/routes/1'),
  ...apiGateway('DomainName', '/domainnames/in.example.com'),
  ...apiGateway('ApiMapping', '/domainnames/in.example.com/apimappings/1'),
  'AWS::SNS::TopicPolicy': {
    arn: () => 'arn:aws:sns:r:1:emr-status-change',
    actions: eachOf('sns', 'SetTopicAttributes'),
  },
  // SES has no resources for these (its IAM reference, "Resource types").
  'AWS::SES::ReceiptRuleSet': {
    arn: () => '*',
    actions: eachOf('ses', 'CreateReceiptRuleSet', 'DescribeReceiptRuleSet', 'DeleteReceiptRuleSet'),
  },
  'AWS::SES::ReceiptRule': {
    arn: () => '*',
    actions: eachOf('ses', 'CreateReceiptRule', 'DescribeReceiptRule', 'UpdateReceiptRule', 'DeleteReceiptRule'),
  },
  'AWS::SQS::QueuePolicy': {
    arn: () => 'arn:aws:sqs:r:1:fenghuo-dev-aws-events',
    actions: eachOf('sqs', 'SetQueueAttributes'),
  },
  'AWS::CloudWatch::Alarm': {
    name: 'AlarmName',
    arn: (name) => `arn:aws:cloudwatch:r:1:alarm:${name}`,
    actions: eachOf('cloudwatch', 'PutMetricAlarm', 'DeleteAlarms', 'DescribeAlarms'),
    tags: eachOf('cloudwatch', 'TagResource', 'UntagResource', 'ListTagsForResource'),
  },
}

/** What whoever deploys by the guide's policy would be denied with a template, one line each. `stack`: its name. */
export function deniedByGuide(template: Template, stack: string): string[] {
  const statements = guided()
  const isAllowed = (action: string, arn: string) =>
    statements.some(({ Action, Resource }) => fits(Action, action) && fits(Resource, arn))
  const deniedOn = (arn: string, actions: string[]) =>
    actions.filter((action) => !isAllowed(action, arn)).map((action) => `${action} on ${arn}`)
  const denied = Object.entries(template.Resources).flatMap(([id, resource]) => {
    const kind = kinds[resource.Type]
    if (kind === undefined) return [`${resource.Type}: this test does not know it`]
    const arn = kind.arn(nameOf(resource, kind) ?? `${stack}-${id}-1A2B3C`)
    if (takesTags(resource.Type) && kind.tags === undefined) return [`${resource.Type}: its tags are not known here`]
    const all = [...kind.actions, ...(kind.tags ?? []), ...extraOf(resource)]
    return deniedOn(arn, all)
  })
  const own = eachOf(
    'cloudformation',
    'CreateStack',
    'UpdateStack',
    'DescribeStacks',
    'DescribeStackEvents',
    'DeleteStack',
  )
  const secret = eachOf('ssm', 'GetParameters', 'PutParameter', 'DeleteParameter')
  return [
    ...denied,
    ...deniedOn(`arn:aws:cloudformation:r:1:stack/${stack}/1`, own),
    ...deniedOn('arn:aws:ssm:r:1:parameter/fenghuo/dev/secret', secret),
  ]
}

/** What some properties take beside: Lambda developer guide, "Giving Lambda functions access to resources in a VPC", permissions. */
function extraOf({ Type, Properties }: Resource): string[] {
  const managed = Properties.ManagedPolicyArns
  if (Type === 'AWS::IAM::Role' && Array.isArray(managed) && managed.length > 0)
    return eachOf('iam', 'AttachRolePolicy', 'DetachRolePolicy')
  if (Type === 'AWS::Lambda::Function' && Properties.VpcConfig !== undefined)
    return eachOf('ec2', 'DescribeSecurityGroups', 'DescribeSubnets', 'DescribeVpcs')
  return []
}

function nameOf({ Properties }: Resource, { name }: Kind): string | undefined {
  const value = name === undefined ? undefined : Properties[name]
  return typeof value === 'string' ? value : undefined
}

/** A pattern has `*` for any characters. */
function fits(patterns: string | string[], text: string): boolean {
  return [patterns].flat().some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    return new RegExp(`^${parts.join('.*')}$`).test(text)
  })
}
