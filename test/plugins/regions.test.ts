import { expect, it } from 'vitest'
import { placeRegions, probeStatement } from '../../plugins/config/regions.ts'

const regions = { order: ['ap-southeast-1', 'ap-northeast-1'], guardMs: 60_000 }
const secret = { 'Fn::Sub': 'arn:of:the:own:parameter' }

const service = (region = 'ap-southeast-1', custom: { secretArn?: string } = {}) => ({
  service: 'fenghuo',
  provider: { region, stage: 'prod' },
  functions: {
    page: {
      handler: 'page',
      environment: { FENGHUO_SECRET_ARN: secret as unknown },
      iamRoleStatements: [{ Effect: 'Allow', Resource: secret as unknown }] as object[],
    },
    probe: { handler: 'probe', iamRoleStatements: [] as object[] },
    heartbeat: { handler: 'heartbeat', iamRoleStatements: [] as object[] },
    ingest: { handler: 'ingest', iamRoleStatements: [] as object[] },
    evaluate: { handler: 'evaluate', iamRoleStatements: [] as object[] },
    watch: { handler: 'watch', iamRoleStatements: [] as object[] },
    'region-health': { handler: 'region-health', iamRoleStatements: [] as object[] },
    acknowledge: { handler: 'acknowledge', iamRoleStatements: [] as object[] },
    console: { handler: 'console', iamRoleStatements: [] as object[] },
    peer: { handler: 'peer' },
  } as Record<string, { handler: string; environment?: Record<string, unknown>; iamRoleStatements?: object[] }>,
  resources: {
    Resources: {
      SenderPolicy: { Properties: { PolicyDocument: { Statement: [] as object[] } } },
    } as Record<string, object>,
  },
  custom,
})
const arn = (what: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:${what}` })
const events = {
  Effect: 'Allow',
  Action: 'sqs:SendMessage',
  Resource: [arn('sqs:ap-northeast-1:${AWS::AccountId}:fenghuo-prod-events')],
}

const ownTable = { 'Fn::GetAtt': ['RegionsTable', 'Arn'] }
const duty = (Action: string | string[], Resource: unknown) => ({
  ...{ Effect: 'Allow', Action, Resource },
  Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['duty#pages'] } },
})

it('page may tell and ask the other regions, and who sends may send to them', () => {
  const placed = service()
  placeRegions(placed, { regions })
  expect(placed.functions.page?.iamRoleStatements?.slice(1)).toEqual([
    {
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Resource: [arn('sqs:ap-northeast-1:${AWS::AccountId}:fenghuo-prod-escalation')],
    },
    {
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: [arn('lambda:ap-northeast-1:${AWS::AccountId}:function:fenghuo-prod-peer')],
    },
    duty(['dynamodb:GetItem', 'dynamodb:PutItem'], ownTable),
  ])
  expect(placed.functions.acknowledge?.iamRoleStatements).toEqual([placed.functions.page?.iamRoleStatements?.[1]])
  expect(placed.functions.console?.iamRoleStatements).toEqual([
    placed.functions.page?.iamRoleStatements?.[1],
    {
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      Resource: [arn('dynamodb:ap-northeast-1:${AWS::AccountId}:table/fenghuo-prod-contacts')],
    },
    duty('dynamodb:GetItem', ownTable),
  ])
  expect(placed.functions.evaluate?.iamRoleStatements).toEqual([duty('dynamodb:GetItem', ownTable), events])
  expect(placed.functions.probe?.iamRoleStatements).toEqual([events])
  expect(placed.functions.heartbeat?.iamRoleStatements).toEqual([events])
  expect(placed.functions.ingest?.iamRoleStatements).toEqual([events])
  expect(placed.resources.Resources.SenderPolicy).toEqual({
    Properties: { PolicyDocument: { Statement: [events] } },
  })
  expect(placed.functions.peer).toBeDefined()
})

it('region-health may greet the other regions, and read how all are, and nothing else', () => {
  const placed = service()
  placeRegions(placed, { regions })
  expect(placed.functions['region-health']?.iamRoleStatements).toEqual([
    {
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: [arn('lambda:ap-northeast-1:${AWS::AccountId}:function:fenghuo-prod-peer')],
    },
    {
      Effect: 'Allow',
      Action: 'dynamodb:GetItem',
      Resource: [
        { 'Fn::GetAtt': ['IncidentsTable', 'Arn'] },
        arn('dynamodb:ap-northeast-1:${AWS::AccountId}:table/fenghuo-prod-incidents'),
      ],
      Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['canary'] } },
    },
  ])
})

it('watch may read the other regions’ silences, swaps, people, health and duty, and nothing else', () => {
  const placed = service()
  placeRegions(placed, { regions })
  expect(placed.functions.watch?.iamRoleStatements).toEqual([
    {
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:Query'],
      Resource: [arn('dynamodb:ap-northeast-1:${AWS::AccountId}:table/fenghuo-prod-incidents')],
      Condition: {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['silences', 'swaps', 'sessions', 'region', 'canary'] },
      },
    },
    {
      Effect: 'Allow',
      Action: 'dynamodb:GetItem',
      Resource: [arn('dynamodb:ap-northeast-1:${AWS::AccountId}:table/fenghuo-prod-contacts')],
    },
    duty('dynamodb:GetItem', [arn('dynamodb:ap-northeast-1:${AWS::AccountId}:table/fenghuo-prod-regions')]),
    duty(['dynamodb:GetItem', 'dynamodb:PutItem'], ownTable),
  ])
})

it('without several regions nothing is added, and nobody can be asked', () => {
  const placed = service()
  placeRegions(placed, {})
  const { peer: _, ...rest } = service().functions
  expect(placed).toEqual({ ...service(), functions: rest })
})

it('one region alone knows of no table of who has duty', () => {
  const placed = service()
  Object.assign(placed.functions.page?.environment ?? {}, { REGIONS_TABLE: { Ref: 'RegionsTable' } })
  placeRegions(placed, {})
  expect(placed.functions.page?.environment).toEqual({ FENGHUO_SECRET_ARN: secret })
})

it('a region that is none of them is refused', () => {
  expect(() => placeRegions(service('us-west-2'), { regions })).toThrow(/us-west-2 is none of `regions`|us-west-2 不在/)
})

it('a secret of Secrets Manager that is named is read in place of the parameter', () => {
  const secretArn = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:Secret-a1b2c3'
  const placed = service('ap-northeast-1', { secretArn })
  placeRegions(placed, { regions })
  expect(placed.functions.page?.environment).toEqual({ FENGHUO_SECRET_ARN: secretArn })
  const reading = { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretArn }
  expect(placed.functions.page?.iamRoleStatements?.[0]).toEqual(reading)
  expect(JSON.stringify(placed)).not.toContain('arn:of:the:own:parameter')
})

it.each([
  ['of another region', 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:Secret-a1b2c3'],
  ['that is a parameter', 'arn:aws:ssm:ap-southeast-1:123456789012:parameter/fenghuo/prod/secret'],
])('a secret %s is refused', (_what, secretArn) => {
  const placed = service('ap-southeast-1', { secretArn })
  expect(() => placeRegions(placed, { regions })).toThrow(/is no secret of Secrets Manager in|不是 ap-southeast-1 的/)
})

it('a probe of another stack may send to every region', () => {
  const Resource = regions.order.map((one) => arn(`sqs:${one}:\${AWS::AccountId}:fenghuo-prod-events`))
  expect(probeStatement({ regions }, 'fenghuo-prod-events')).toEqual([{ ...events, Resource }])
  expect(probeStatement({}, 'fenghuo-prod-events')).toEqual([])
  expect(probeStatement({ regions }, undefined)).toEqual([])
})
