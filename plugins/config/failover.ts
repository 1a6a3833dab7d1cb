import { failoversIn } from '../../shared/checks/regions/seed-variables.ts'
import type { CompiledConfig, CompiledFailover } from '../../shared/contracts/compiled-config.ts'
import type { FailoverFunction } from '../../shared/contracts/functions.ts'
import { failoverFlow } from './failover-flow.ts'
import type { ConfiguredDefinition } from './functions.ts'

/** What names a failover without `fenghuo.yml`, as an older function had it. */
const variables = [
  ...['BOTNAME', 'BOT_ALIAS', 'BOT_LOCALE', 'SAMPLE_UTTERANCE', 'EXPECTED_RESPONSE'],
  ...['PRIMARY_REGION', 'SECONDARY_REGION', 'TEST_METHOD', 'TEST_USER'],
]

const sub = (text: string) => ({ 'Fn::Sub': text })
const arn = (name: string) => ({ 'Fn::GetAtt': [`${name}LambdaFunction`, 'Arn'] })

/** As the framework calls the two functions in a template. */
const HEALTH = 'RegionDashhealth'
const LOOKUP = 'RegionDashlookup'

/**
 * Makes a function ready for what fails over, and gives that: by `fenghuo.yml`, or by variables of the environment. Without any it has
 * nothing to do. Throws a BilingualError for variables that do not fit.
 */
export function placeFailover(
  name: FailoverFunction,
  fn: ConfiguredDefinition,
  part: CompiledConfig,
  env: Record<string, string | undefined>,
): CompiledFailover[] {
  const failover = failoversIn(part, env)
  const own = env.BOTNAME ? variables.flatMap((variable) => (env[variable] ? [[variable, env[variable]]] : [])) : []
  fn.environment = { ...fn.environment, ...Object.fromEntries(own) }
  const statements = name === 'region-health' ? lookingStatements(failover) : []
  // The table that an older function has.
  if (env.BOTNAME && env.TABLE_NAME) {
    fn.environment.TABLE_NAME = env.TABLE_NAME
    const Resource = sub(`arn:\${AWS::Partition}:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/${env.TABLE_NAME}`)
    const Action = ['dynamodb:GetItem', ...(name === 'region-health' ? ['dynamodb:PutItem'] : [])]
    statements.push({ Effect: 'Allow', Action, Resource })
  }
  fn.iamRoleStatements = [...(fn.iamRoleStatements ?? []), ...statements]
  return failover
}

/**
 * What looking at regions takes. CloudWatch's metrics and lists of quotas have no ARNs (Service Authorization Reference, "Amazon CloudWatch",
 * "Service Quotas").
 */
function lookingStatements(failover: CompiledFailover[]): object[] {
  const regions = failover.flatMap((one) => one.regions)
  const bots = regions.flatMap(({ region, bot }) =>
    bot ? [sub(`arn:\${AWS::Partition}:lex:${region}:\${AWS::AccountId}:bot-alias/${bot.botId}/${bot.aliasId}`)] : [],
  )
  const instances = regions.flatMap(({ connect }) => connect ?? [])
  const queues = regions.flatMap((one) => one.queues ?? [])
  const tables = regions.flatMap((one) => one.tables ?? [])
  const counting = { Condition: { StringEquals: { 'dynamodb:Select': 'COUNT' } } }
  const statements = [
    { Action: ['lex:PutSession', 'lex:RecognizeText', 'lex:DeleteSession'], Resource: bots },
    { Action: 'connect:DescribeInstance', Resource: instances },
    {
      Action: 'servicequotas:ListServiceQuotas',
      Resource: regions.some(({ calls }) => calls !== undefined) ? ['*'] : [],
    },
    { Action: 'ds:DescribeDirectories', Resource: instances.length > 0 ? ['*'] : [] },
    { Action: 'sqs:GetQueueAttributes', Resource: queues },
    { Action: 'cloudwatch:GetMetricStatistics', Resource: queues.length > 0 ? ['*'] : [] },
    { Action: 'dynamodb:Scan', Resource: tables, ...counting },
  ]
  return statements.filter(({ Resource }) => Resource.length > 0).map((one) => ({ Effect: 'Allow', ...one }))
}

interface Service {
  service: string
  provider: { stage?: string }
  custom: { connectInstanceArn?: string }
}

/**
 * What stands beside the functions: alarms, and, where something fails over, sample flows and the right of flows of our Connect instance to
 * ask which region serves.
 */
export function failoverResources(
  { service, provider: { stage }, custom }: Service,
  failover: CompiledFailover[],
): Record<string, object> {
  const instance = sub(custom.connectInstanceArn ?? '')
  const named = (what: string) => `${service}-${stage}-${what}`
  const looking = { RegionHealthAlarm: healthAlarm(named('region-health')) }
  if (failover.length === 0) return looking
  return {
    ...looking,
    ...Object.fromEntries(failover.flatMap((one) => sampleFlow(one, instance, named(`failover-${one.name}`)))),
    RegionLookupPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: arn(LOOKUP),
        Action: 'lambda:InvokeFunction',
        Principal: 'connect.amazonaws.com',
        SourceAccount: { Ref: 'AWS::AccountId' },
        SourceArn: instance,
      },
    },
    RegionLookupFunction: {
      Type: 'AWS::Connect::IntegrationAssociation',
      Properties: { InstanceId: instance, IntegrationType: 'LAMBDA_FUNCTION', IntegrationArn: arn(LOOKUP) },
    },
    RegionLookupAlarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        ...alarm(
          named('region-lookup'),
          'Contact flows get no answer of region-lookup, or late, or Lambda has no room for region-health',
        ),
        Metrics: [
          { Id: 'failed', Expression: 'SUM(METRICS())', Label: 'Calls that failed or were refused', ReturnData: true },
          metric('errors', 'Errors', LOOKUP),
          metric('refused', 'Throttles', LOOKUP),
          metric('late', 'Throttles', HEALTH),
        ],
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 0,
        TreatMissingData: 'notBreaching',
      },
    },
  }
}

/** Whoever looks at regions is looked at itself. */
function healthAlarm(name: string): object {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      ...alarm(
        name,
        'region-health has not run to its end for five minutes - nobody looks at other regions, and none of a failover takes over',
      ),
      Metrics: [
        {
          Id: 'completed',
          Expression: 'FILL(invocations, 0) - FILL(errors, 0)',
          Label: 'Runs that ended well',
          ReturnData: true,
        },
        metric('invocations', 'Invocations', HEALTH),
        metric('errors', 'Errors', HEALTH),
      ],
      EvaluationPeriods: 5,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    },
  }
}

/** The flow of a failover whose configuration asks for one. Connect refuses a flow that names a function it may not call. */
function sampleFlow(one: CompiledFailover, instance: object, Name: string): [string, object][] {
  if (one.flow === undefined) return []
  // What people write is no reference of CloudFormation's.
  const text = one.flow.replaceAll('${', '${!')
  const alias = (region: string, { botId, aliasId }: { botId: string; aliasId: string }) =>
    `arn:\${AWS::Partition}:lex:${region}:\${AWS::AccountId}:bot-alias/${botId}/${aliasId}`
  const Content = sub(JSON.stringify(failoverFlow(one, text, `\${${LOOKUP}LambdaFunction.Arn}`, alias)))
  const Properties = {
    ...{ InstanceArn: instance, Name, Type: 'CONTACT_FLOW', State: 'ACTIVE', Content },
    Description:
      'Hands callers to the bot of the region that serves. Written by the deployment; changes made here are lost.',
  }
  const DependsOn = ['RegionLookupFunction', 'RegionLookupPermission']
  // By its name: a flow keeps its numbers whatever is written before it. As the framework spells functions.
  const id = one.name.replaceAll('-', 'Dash').replaceAll('_', 'Underscore')
  return [[`FailoverFlow${id}`, { Type: 'AWS::Connect::ContactFlow', DependsOn, Properties }]]
}

function alarm(AlarmName: string, AlarmDescription: string) {
  const tell = [{ Ref: 'AlarmTopic' }]
  return { AlarmName, AlarmDescription, AlarmActions: tell, OKActions: tell }
}

function metric(Id: string, MetricName: string, of: string) {
  const Dimensions = [{ Name: 'FunctionName', Value: { Ref: `${of}LambdaFunction` } }]
  const Metric = { Namespace: 'AWS/Lambda', MetricName, Dimensions }
  return { Id, ReturnData: false, MetricStat: { Metric, Stat: 'Sum', Period: 60 } }
}
