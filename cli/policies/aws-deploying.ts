import type { Grant } from '../../shared/contracts/grant.ts'

/**
 * What whoever deploys to AWS is asked for, by the types of resources in our templates: CloudFormation calls with the deployer's
 * own rights what each type's schema lists under `handlers`. Stack tags, of which the framework sets one, are put on whatever
 * takes tags. The framework itself calls CloudFormation, S3 and, for its commands, Lambda and the logs.
 */
const SCHEMA = 'CloudFormation User Guide, "Resource type schema": handlers of the type'
const FRAMEWORK = 'osls 4, lib/plugins/aws'

const functions = ['arn:aws:lambda:*:*:function:{own}*']
const instance = 'arn:aws:connect:*:*:instance/11111111-2222-3333-4444-555555555555'

export const deploying: Grant[] = [
  {
    on: ['arn:aws:cloudformation:*:*:stack/{own}*'],
    calls: {
      'sls deploy': of(
        'cloudformation',
        'CreateStack',
        'UpdateStack',
        'Describe*',
        'GetTemplate',
        'ListStackResources',
      ),
      'sls remove': of('cloudformation', 'DeleteStack'),
    },
    source: FRAMEWORK,
  },
  {
    on: ['arn:aws:s3:::{own}*', 'arn:aws:s3:::{own}*/*'],
    calls: {
      'AWS::S3::Bucket': of(
        's3',
        ...[
          'CreateBucket',
          'DeleteBucket',
          'PutEncryptionConfiguration',
          'PutBucketPublicAccessBlock',
          'PutLifecycleConfiguration',
          'PutBucketTagging',
        ],
      ),
      'AWS::S3::BucketPolicy': of('s3', 'PutBucketPolicy', 'DeleteBucketPolicy'),
      'sls deploy': of('s3', 'PutObject', 'DeleteObject', 'DeleteObjectVersion', 'Get*', 'List*'),
    },
    source: `${SCHEMA}; ${FRAMEWORK}`,
  },
  {
    on: functions,
    calls: {
      'AWS::Lambda::Function': of(
        'lambda',
        ...['CreateFunction', 'UpdateFunctionCode', 'UpdateFunctionConfiguration', 'DeleteFunction'],
        ...['PutFunctionRecursionConfig', 'TagResource', 'UntagResource', 'Get*', 'List*'],
      ),
      'AWS::Lambda::Permission': of('lambda', 'AddPermission', 'RemovePermission'),
      'AWS::Lambda::Url': of('lambda', 'CreateFunctionUrlConfig', 'UpdateFunctionUrlConfig', 'DeleteFunctionUrlConfig'),
      'AWS::Lambda::EventInvokeConfig': of(
        'lambda',
        ...['PutFunctionEventInvokeConfig', 'UpdateFunctionEventInvokeConfig', 'DeleteFunctionEventInvokeConfig'],
      ),
      'sls invoke': of('lambda', 'InvokeFunction'),
    },
    source: `${SCHEMA}; ${FRAMEWORK}`,
  },
  {
    on: ['*'],
    condition: { ArnLike: { 'lambda:FunctionArn': functions[0] } },
    calls: {
      'AWS::Lambda::EventSourceMapping': of(
        'lambda',
        ...[
          'CreateEventSourceMapping',
          'UpdateEventSourceMapping',
          'DeleteEventSourceMapping',
          'GetEventSourceMapping',
        ],
      ),
    },
    source: SCHEMA,
  },
  {
    // Their tags know no function to be limited to ("Actions, resources, and condition keys for AWS Lambda").
    on: ['arn:aws:lambda:*:*:event-source-mapping:*'],
    calls: { 'tags of AWS::Lambda::EventSourceMapping': of('lambda', 'TagResource', 'UntagResource', 'ListTags') },
    source: SCHEMA,
  },
  {
    on: ['arn:aws:logs:*:*:log-group:/aws/lambda/{own}*'],
    calls: {
      'AWS::Logs::LogGroup': of(
        'logs',
        ...['CreateLogGroup', 'DeleteLogGroup', 'PutRetentionPolicy', 'DeleteRetentionPolicy'],
        ...['TagResource', 'UntagResource', 'ListTagsForResource'],
      ),
      'sls logs': of('logs', 'DescribeLogStreams', 'FilterLogEvents'),
    },
    source: `${SCHEMA}; ${FRAMEWORK}`,
  },
  {
    on: ['arn:aws:iam::*:role/{own}*', 'arn:aws:iam::*:policy/{own}*', 'arn:aws:iam::*:user/{own}*'],
    calls: {
      'AWS::IAM::Role': of(
        'iam',
        ...['CreateRole', 'UpdateAssumeRolePolicy', 'DeleteRole', 'PutRolePolicy', 'DeleteRolePolicy', 'PassRole'],
        ...['TagRole', 'UntagRole', 'Get*', 'List*'],
      ),
      'AWS::IAM::ManagedPolicy': of(
        'iam',
        'CreatePolicy',
        'CreatePolicyVersion',
        'DeletePolicyVersion',
        'DeletePolicy',
      ),
      'AWS::IAM::User': of('iam', 'CreateUser', 'DeleteUser', 'TagUser', 'UntagUser'),
      'aws iam create-access-key': of('iam', 'CreateAccessKey', 'DeleteAccessKey'),
    },
    source: SCHEMA,
  },
  {
    on: ['arn:aws:iam::*:user/{own}*'],
    condition: { ArnLike: { 'iam:PolicyARN': 'arn:aws:iam::*:policy/{own}*' } },
    calls: { 'AWS::IAM::User': of('iam', 'AttachUserPolicy', 'DetachUserPolicy') },
    source: SCHEMA,
  },
  {
    // What lets a function in a VPC make its network interfaces there, and nothing else.
    on: ['arn:aws:iam::*:role/{own}*'],
    condition: {
      ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole' },
    },
    calls: { 'AWS::IAM::Role with a VPC': of('iam', 'AttachRolePolicy', 'DetachRolePolicy') },
    source: SCHEMA,
  },
  {
    on: ['arn:aws:sqs:*:*:{own}*'],
    calls: {
      'AWS::SQS::Queue': of(
        'sqs',
        ...['CreateQueue', 'SetQueueAttributes', 'DeleteQueue', 'TagQueue', 'UntagQueue', 'Get*', 'ListQueueTags'],
      ),
      'AWS::SQS::QueuePolicy': of('sqs', 'SetQueueAttributes'),
    },
    source: SCHEMA,
  },
  {
    on: ['arn:aws:dynamodb:*:*:table/{own}*'],
    calls: {
      'AWS::DynamoDB::Table': of(
        'dynamodb',
        ...['CreateTable', 'UpdateTable', 'DeleteTable', 'UpdateTimeToLive', 'UpdateContinuousBackups', 'TagResource'],
        ...['UntagResource', 'Describe*', 'GetResourcePolicy', 'ListTagsOfResource'],
      ),
    },
    source: SCHEMA,
  },
  {
    on: ['arn:aws:events:*:*:rule/{own}*'],
    calls: {
      'AWS::Events::Rule': of(
        'events',
        ...['PutRule', 'DeleteRule', 'PutTargets', 'RemoveTargets', 'TagResource', 'UntagResource', 'DescribeRule'],
        ...['ListTargetsByRule', 'ListTagsForResource'],
      ),
    },
    source: SCHEMA,
  },
  {
    on: ['arn:aws:sns:*:*:{own}*', 'arn:aws:sns:*:*:emr-status-change'],
    calls: {
      'AWS::SNS::Topic': of(
        'sns',
        ...['CreateTopic', 'SetTopicAttributes', 'DeleteTopic', 'TagResource', 'UntagResource', 'GetTopicAttributes'],
        ...['GetDataProtectionPolicy', 'ListSubscriptionsByTopic', 'ListTagsForResource'],
      ),
      'AWS::SNS::Subscription': of('sns', 'Subscribe'),
      'AWS::SNS::TopicPolicy': of('sns', 'SetTopicAttributes'),
    },
    source: SCHEMA,
  },
  {
    on: ['/apis', '/apis/*', '/domainnames', '/domainnames/*', '/tags/*'].map(
      (path) => `arn:aws:apigateway:*::${path}`,
    ),
    calls: Object.fromEntries(
      ['Api', 'Stage', 'Integration', 'Route', 'DomainName', 'ApiMapping'].map((type) => [
        `AWS::ApiGatewayV2::${type}`,
        of('apigateway', 'GET', 'POST', 'PATCH', 'PUT', 'DELETE'),
      ]),
    ),
    source: SCHEMA,
  },
  {
    // SES has no resources for these (its IAM reference, "Resource types").
    on: ['*'],
    calls: {
      'AWS::SES::ReceiptRuleSet': of('ses', 'CreateReceiptRuleSet', 'DescribeReceiptRuleSet', 'DeleteReceiptRuleSet'),
      'AWS::SES::ReceiptRule': of(
        'ses',
        ...['CreateReceiptRule', 'DescribeReceiptRule', 'UpdateReceiptRule', 'DeleteReceiptRule'],
      ),
    },
    source: SCHEMA,
  },
  {
    on: ['arn:aws:cloudwatch:*:*:alarm:{own}*'],
    calls: {
      'AWS::CloudWatch::Alarm': of(
        'cloudwatch',
        ...['PutMetricAlarm', 'DeleteAlarms', 'TagResource', 'UntagResource', 'ListTagsForResource'],
      ),
    },
    source: SCHEMA,
  },
  {
    on: ['arn:aws:ssm:*:*:parameter/fenghuo/*'],
    calls: { 'sls deploy': of('ssm', 'GetParameters', 'PutParameter'), 'sls remove': 'ssm:DeleteParameter' },
    source: 'AWS Systems Manager user guide, "Restricting access to Parameter Store parameters using IAM policies"',
  },
  {
    // The secret of versions that kept it there: it is read once, and its resource goes. CloudFormation made the name.
    on: ['arn:aws:secretsmanager:*:*:secret:Secret-*'],
    calls: {
      'sls deploy': 'secretsmanager:GetSecretValue',
      'AWS::SecretsManager::Secret': of('secretsmanager', 'DescribeSecret', 'DeleteSecret'),
    },
    source: SCHEMA,
  },
  {
    on: [instance, `${instance}/*`],
    calls: {
      'AWS::Connect::ContactFlow': of(
        'connect',
        ...['CreateContactFlow', 'UpdateContactFlowContent', 'UpdateContactFlowMetadata', 'DescribeContactFlow'],
        ...['DeleteContactFlow', 'TagResource', 'UntagResource'],
      ),
      'AWS::Connect::IntegrationAssociation': of(
        'connect',
        ...['AssociateLambdaFunction', 'DisassociateLambdaFunction', 'ListLambdaFunctions', 'DescribeInstance'],
      ),
    },
    source: SCHEMA,
  },
  {
    // None of these can be limited to a resource by its name.
    on: ['*'],
    calls: {
      'sls deploy': 'cloudformation:ValidateTemplate',
      'AWS::Logs::LogGroup': 'logs:DescribeLogGroups',
      'AWS::CloudWatch::Alarm': 'cloudwatch:DescribeAlarms',
      'AWS::Connect::IntegrationAssociation': 'ds:DescribeDirectories',
      'AWS::SNS::Subscription': of('sns', 'GetSubscriptionAttributes', 'Unsubscribe'),
      'AWS::Lambda::Function with a VPC': of('ec2', 'DescribeSecurityGroups', 'DescribeSubnets', 'DescribeVpcs'),
    },
    source: SCHEMA,
  },
]

function of(service: string, ...actions: string[]): string[] {
  return actions.map((action) => `${service}:${action}`)
}
