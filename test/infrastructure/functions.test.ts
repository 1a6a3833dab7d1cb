import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Packaged, templateOf, zipOf } from './packaged.ts'
import { packageSample } from './sample.ts'
import { environmentOf, grantsOf, ofType, referencesIn, roleGrants, roleOf, type Template } from './template.ts'

let packaged: Packaged
let template: Template

beforeAll(async () => {
  packaged = await packageSample()
  template = templateOf(packaged)
}, 180_000)

const properties = (id: string) => template.Resources[id]?.Properties ?? expect.unreachable(`${id} is in the template`)
const functions = () => ofType(template, 'AWS::Lambda::Function')

describe('functions', () => {
  test('run on Node 24 and arm64, without reserved concurrency', () => {
    expect(functions().map(([id]) => id)).toHaveLength(7)
    for (const [id, fn] of functions()) {
      expect(fn.Properties, id).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] })
      expect(fn.Properties, id).not.toHaveProperty('ReservedConcurrentExecutions')
    }
  })

  test('have a log group that forgets', () => {
    const groups = ofType(template, 'AWS::Logs::LogGroup').map(([, group]) => group.Properties)
    expect(groups.map((group) => group.LogGroupName).sort()).toEqual(
      functions()
        .map(([, fn]) => `/aws/lambda/${fn.Properties.FunctionName}`)
        .sort(),
    )
    for (const group of groups) expect(group.RetentionInDays).toBe(30)
  })

  test('that run every minute are not repeated when they fail: the next minute does as well', () => {
    const timers = ofType(template, 'AWS::Events::Rule').filter(([, rule]) => rule.Properties.ScheduleExpression)
    const timed = timers.map(([, rule]) => referencesIn(rule.Properties.Targets)[0]?.id ?? '')
    expect(timed.sort()).toEqual(['ProbeLambdaFunction', 'WatchLambdaFunction'])
    for (const [, rule] of timers)
      expect(rule.Properties).toMatchObject({ ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' })
    for (const id of timed) {
      expect(properties(id).Timeout).toBeLessThanOrEqual(60)
      const settings = ofType(template, 'AWS::Lambda::EventInvokeConfig').map(([, each]) => each.Properties)
      expect(settings).toContainEqual(
        expect.objectContaining({ FunctionName: { Ref: id }, MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 }),
      )
    }
  })

  test('load from their zip, with nothing around them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fenghuo-zip-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    for (const name of ['probe', 'evaluate', 'page', 'acknowledge', 'heartbeat', 'ingest', 'watch']) {
      const file = join(folder, `${name}.cjs`)
      await writeFile(file, zipOf(packaged, name).get(`services/${name}/aws.js`) ?? '')
      expect(createRequire(file)(file), name).toMatchObject({ handler: expect.any(Function) })
    }
  })

  test('that probe carry no validation library', () => {
    expect(zipOf(packaged, 'probe').get('services/probe/aws.js')?.includes('ZodError')).toBe(false)
    expect(zipOf(packaged, 'evaluate').get('services/evaluate/aws.js')?.includes('ZodError')).toBe(true)
  })

  test('carry their part of the configuration, and the variables that it refers to', () => {
    const loadedBy: Record<string, string[]> = {
      probe: ['last-resort', 'smtp.last-resort', 'wecom-robot.last-resort'].map(
        (one) => `services/probe/aws.${one}.js`,
      ),
      page: ['services/page/aws.send-mail.js'],
    }
    const [probe, evaluate, page] = ['probe', 'evaluate', 'page'].map((name) => {
      const files = zipOf(packaged, name)
      const loaded = loadedBy[name] ?? []
      const expected = [`.build/config/${name}.json`, `services/${name}/aws.js`, ...loaded]
      expect([...files.keys()].sort()).toEqual(expected)
      return JSON.parse(files.get(`.build/config/${name}.json`)?.toString() ?? '')
    })
    expect(probe.checks.map((check: { id: string }) => check.id)).toEqual(['pay/web'])
    expect(evaluate.checks.map((check: { id: string }) => check.id).sort()).toEqual(['pay/inside', 'pay/web'])
    expect(Object.keys(page.policies)).toEqual(['default'])

    expect(environmentOf(template.Resources.PageLambdaFunction ?? expect.unreachable())).toMatchObject({
      CONNECT_INSTANCE_ID: '11111111-2222-3333-4444-555555555555',
      WECOM_KEY: 'a-robot',
      FENGHUO_CONFIG: '.build/config/page.json',
    })
    for (const [id, fn] of functions()) {
      const { WECOM_KEY } = environmentOf(fn)
      if (id !== 'PageLambdaFunction') expect(WECOM_KEY, id).toBeUndefined()
    }
  })
})

/** What is not in the template, by what its ARN says. */
const elsewhere = (arn: unknown) => (JSON.stringify(arn).includes('-standby-') ? 'standby' : 'contact')

const readWrite = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'BatchWriteItem'].map(
  (each) => `dynamodb:${each}`,
)

describe('roles', () => {
  test('belong to one function each', () => {
    const used = functions().map(([, fn]) => referencesIn(fn.Properties.Role)[0]?.id)
    expect(new Set(used).size).toBe(7)
    expect(
      ofType(template, 'AWS::IAM::Role')
        .map(([id]) => id)
        .sort(),
    ).toEqual(used.sort())
  })

  test('name every action, and wildcards of a resource only inside the one thing that they are about', () => {
    const documents = [
      ...ofType(template, 'AWS::IAM::Role').flatMap(([, role]) => roleGrants(role)),
      ...ofType(template, 'AWS::IAM::ManagedPolicy').flatMap(([, policy]) =>
        grantsOf(policy.Properties.PolicyDocument),
      ),
    ]
    expect(documents.length).toBeGreaterThan(30)
    for (const { action, resource } of documents) {
      expect(action).toMatch(/^[a-z]+:[A-Za-z]+$/)
      const wildcard = JSON.stringify(resource).match(/.*\*/)
      // Streams of the function's log group, indexes of a table, contacts of our Connect instance, the queue that stands by.
      if (wildcard) {
        expect(JSON.stringify(resource)).toMatch(
          /log-group:\/aws\/lambda\/fenghuo-dev-[a-z]+:\*:\*"|sqs:\*:\$\{AWS::AccountId\}:fenghuo-standby-dev-events"|\$\{\w+Table\.Arn\}\/index\/\*"|instance\/[0-9a-f-]{36}\/contact\/\*"/,
        )
      }
    }
  })

  test.each([
    ['Probe', ['sqs:SendMessage EventsQueue', 'sqs:SendMessage standby']],
    [
      'Evaluate',
      [
        'dynamodb ChecksTable',
        'dynamodb IncidentsTable',
        ...['EventsQueue', 'OverflowQueue'].flatMap((queue) => [
          `sqs:ChangeMessageVisibility ${queue}`,
          `sqs:DeleteMessage ${queue}`,
          `sqs:GetQueueAttributes ${queue}`,
          `sqs:ReceiveMessage ${queue}`,
          `sqs:SendMessage ${queue}`,
        ]),
        'sqs:SendMessage EscalationQueue',
        'sqs:SendMessage EventsDlq',
      ],
    ],
    [
      'Page',
      [
        'connect:StartOutboundVoiceContact contact',
        'connect:StopContact contact',
        'dynamodb IncidentsTable',
        'dynamodb:GetItem ContactsTable',
        'sqs:ChangeMessageVisibility EscalationQueue',
        'sqs:DeleteMessage EscalationQueue',
        'sqs:GetQueueAttributes EscalationQueue',
        'sqs:ReceiveMessage EscalationQueue',
        'sqs:SendMessage EscalationDlq',
        'sqs:SendMessage EscalationQueue',
      ],
    ],
    ['Heartbeat', ['sqs:SendMessage EventsQueue']],
    ['Ingest', ['sqs:SendMessage EventsQueue', 'sqs:SendMessage standby']],
    ['Acknowledge', ['dynamodb IncidentsTable', 'dynamodb:GetItem ContactsTable', 'sqs:SendMessage EscalationQueue']],
    [
      'Watch',
      [
        'dynamodb ChecksTable',
        'dynamodb IncidentsTable',
        ...['EscalationDlq', 'EventsDlq'].flatMap((dlq) => [
          `sqs:DeleteMessage ${dlq}`,
          `sqs:GetQueueAttributes ${dlq}`,
          `sqs:ReceiveMessage ${dlq}`,
        ]),
        'sqs:GetQueueAttributes EscalationQueue',
        'sqs:SendMessage EscalationQueue',
        'sqs:SendMessage EventsQueue',
      ],
    ],
  ])('%s may do what it does and nothing else', (name, expected) => {
    const role = template.Resources[`${name}IamRoleLambdaExecution`] ?? expect.unreachable()
    const uses = roleGrants(role)
      .filter(({ action }) => !action.startsWith('logs:'))
      .map(({ action, resource }) => {
        const thing = referencesIn(resource).find(({ id }) => id in template.Resources)?.id ?? elsewhere(resource)
        return readWrite.includes(action) && thing !== 'ContactsTable' ? `dynamodb ${thing}` : `${action} ${thing}`
      })
    expect([...new Set(uses)].sort()).toEqual(expected.toSorted())
  })

  test('reach the queues and tables that the environment names, and no others', () => {
    for (const [id, fn] of functions()) {
      const things = (value: unknown) =>
        [...new Set(referencesIn(value).map((reference) => reference.id))].filter((each) =>
          /(Queue|Dlq|Table)$/.test(each),
        )
      const granted = things(roleGrants(roleOf(template, fn)).map(({ resource }) => resource))
      expect(granted.sort(), id).toEqual(things(environmentOf(fn)).sort())
    }
  })

  test('let a sender send to the events queue and do nothing more', () => {
    expect(grantsOf(properties('SenderPolicy').PolicyDocument)).toEqual([
      { action: 'sqs:SendMessage', resource: { 'Fn::GetAtt': ['EventsQueue', 'Arn'] } },
      {
        action: 'sqs:SendMessage',
        resource: { 'Fn::Sub': `arn:\${AWS::Partition}:sqs:*:\${AWS::AccountId}:fenghuo-standby-dev-events` },
      },
    ])
    expect(properties('SenderUser')).toEqual({ ManagedPolicyArns: [{ Ref: 'SenderPolicy' }] })
    expect(template.Resources.SenderUser?.Condition).toBe('HasSenderUser')
    expect(template.Conditions.HasSenderUser).toEqual({
      'Fn::Or': [{ 'Fn::Equals': ['no', 'yes'] }, { 'Fn::Equals': ['no', 'true'] }],
    })
  })
})

test('nobody but AWS services, ack links, jobs that report and senders of alerts can invoke a function', () => {
  const permissions = ofType(template, 'AWS::Lambda::Permission').map(([, { Properties }]) => Properties)
  const anyone = permissions.filter((permission) => permission.Principal === '*')
  const ways = anyone.map((each) => [
    referencesIn(each.FunctionName)[0]?.id,
    each.FunctionUrlAuthType ?? each.InvokedViaFunctionUrl,
  ])
  expect(ways.sort()).toEqual([
    ['AcknowledgeLambdaFunction', 'NONE'],
    ['AcknowledgeLambdaFunction', true],
    ['HeartbeatLambdaFunction', 'NONE'],
    ['HeartbeatLambdaFunction', true],
    ['IngestLambdaFunction', 'NONE'],
    ['IngestLambdaFunction', true],
  ])
  const services = permissions.filter((permission) => permission.Principal !== '*')
  for (const permission of services) expect(permission.SourceArn, JSON.stringify(permission)).toBeDefined()
})

test('the secret is made at deployment and reaches those who sign or know keys by it, and nobody else', () => {
  expect(properties('Secret')).toMatchObject({ GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } })
  const holders = functions().filter(([, fn]) => environmentOf(fn).FENGHUO_SECRET !== undefined)
  expect(holders.map(([id]) => id).sort()).toEqual([
    'AcknowledgeLambdaFunction',
    'HeartbeatLambdaFunction',
    'PageLambdaFunction',
  ])
  for (const [, fn] of holders) {
    expect(environmentOf(fn).FENGHUO_SECRET).toEqual({
      'Fn::Sub': `{{resolve:secretsmanager:\${Secret}:SecretString}}`,
    })
  }
})
