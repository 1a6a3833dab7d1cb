import { describe, expect, test } from 'vitest'
import { functions, properties, template } from './sample.ts'
import { environmentOf, grantsOf, ofType, referencesIn, roleGrants, roleOf } from './template.ts'

/** What is not in the template, by what its ARN says. */
function elsewhere(arn: unknown): string {
  const text = JSON.stringify(arn)
  if (text.includes(':parameter/fenghuo/dev/secret')) return 'secret'
  if (text.includes(':parameter/')) return 'parameter'
  if (text.includes('-mail-')) return 'mail'
  if (text.includes(':sms-voice:')) return 'sender'
  if (text.includes(':bot-alias/')) return 'bot'
  return 'contact'
}

const readWrite = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'BatchWriteItem'].map(
  (each) => `dynamodb:${each}`,
)

/** What each function may do, who may invoke it, and who knows the secret. */
export function roleTests(): void {
  describe('roles', () => {
    test('belong to one function each', () => {
      const used = functions().map(([, fn]) => referencesIn(fn.Properties.Role)[0]?.id)
      expect(new Set(used).size).toBe(10)
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
        expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/)
        const wildcard = JSON.stringify(resource).match(/.*\*/)
        // Streams of the function's log group, indexes of a table, contacts of our Connect instance, mail, who texts are from.
        if (wildcard) {
          expect(JSON.stringify(resource)).toMatch(
            /log-group:\/aws\/lambda\/fenghuo-dev-[a-z-]+:\*:\*"|\$\{\w+Table\.Arn\}\/index\/\*"|instance\/[0-9a-f-]{36}\/contact\/\*"|:sms-voice:\*:\$\{AWS::AccountId\}:\*"|:s3:::fenghuo-dev-mail-\$\{AWS::AccountId\}\/\*"/,
          )
        }
      }
    })

    test.each([
      ['Probe', ['sqs:SendMessage EventsQueue', 'ssm:GetParameters parameter']],
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
          'sms-voice:SendTextMessage sender',
          'dynamodb IncidentsTable',
          'dynamodb:GetItem ContactsTable',
          'ssm:GetParameters secret',
          ...['EscalationQueue', 'SubscribersQueue'].flatMap((queue) => [
            `sqs:ChangeMessageVisibility ${queue}`,
            `sqs:DeleteMessage ${queue}`,
            `sqs:GetQueueAttributes ${queue}`,
            `sqs:ReceiveMessage ${queue}`,
          ]),
          ...['EscalationDlq', 'EscalationQueue', 'SubscribersDlq'].map((queue) => `sqs:SendMessage ${queue}`),
          'ssm:GetParameters parameter',
        ],
      ],
      [
        'RegionDashhealth',
        [
          'dynamodb RegionsTable',
          ...['DeleteSession', 'PutSession', 'RecognizeText'].map((each) => `lex:${each} bot`),
          'sqs:SendMessage EventsQueue',
        ],
      ],
      ['RegionDashlookup', ['dynamodb RegionsTable']],
      ['Heartbeat', ['ssm:GetParameters secret', 'sqs:SendMessage EventsQueue']],
      [
        'Ingest',
        [
          'dynamodb ChecksTable',
          's3:GetObject mail',
          'sqs:ChangeMessageVisibility AwsEventsQueue',
          'sqs:DeleteMessage AwsEventsQueue',
          'sqs:GetQueueAttributes AwsEventsQueue',
          'sqs:ReceiveMessage AwsEventsQueue',
          'sqs:SendMessage EventsQueue',
        ],
      ],
      [
        'Acknowledge',
        [
          'dynamodb ChecksTable',
          'dynamodb IncidentsTable',
          'dynamodb:GetItem ContactsTable',
          'ssm:GetParameters secret',
          'sqs:SendMessage EscalationQueue',
        ],
      ],
      [
        'Console',
        [
          'dynamodb ChecksTable',
          'dynamodb IncidentsTable',
          'dynamodb:GetItem ContactsTable',
          'dynamodb:PutItem ContactsTable',
          'ssm:GetParameters secret',
          ...['AwsEventsQueue', 'EscalationQueue', 'EventsQueue', 'SubscribersQueue'].map(
            (queue) => `sqs:SendMessage ${queue}`,
          ),
          ...['AwsEventsQueue', 'EscalationQueue', 'EventsQueue', 'OverflowQueue', 'SubscribersQueue'].map(
            (queue) => `sqs:GetQueueAttributes ${queue}`,
          ),
          ...['AwsEventsDlq', 'EscalationDlq', 'EventsDlq', 'SubscribersDlq'].flatMap((dlq) => [
            `sqs:ChangeMessageVisibility ${dlq}`,
            `sqs:DeleteMessage ${dlq}`,
            `sqs:GetQueueAttributes ${dlq}`,
            `sqs:ReceiveMessage ${dlq}`,
          ]),
        ],
      ],
      [
        'Watch',
        [
          'dynamodb ChecksTable',
          'dynamodb IncidentsTable',
          'dynamodb:GetItem ContactsTable',
          ...['EscalationDlq', 'EventsDlq'].flatMap((dlq) => [
            `sqs:DeleteMessage ${dlq}`,
            `sqs:GetQueueAttributes ${dlq}`,
            `sqs:ReceiveMessage ${dlq}`,
          ]),
          ...['AwsEventsDlq', 'AwsEventsQueue', 'EscalationQueue', 'EventsQueue', 'OverflowQueue'].map(
            (queue) => `sqs:GetQueueAttributes ${queue}`,
          ),
          ...['SubscribersDlq', 'SubscribersQueue'].map((queue) => `sqs:GetQueueAttributes ${queue}`),
          ...['EscalationQueue', 'EventsQueue', 'OverflowQueue', 'SubscribersQueue'].map(
            (queue) => `sqs:SendMessage ${queue}`,
          ),
          'sns:Publish AlarmTopic',
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

    test('let the console change nothing of what checks saw', () => {
      const role = template.Resources.ConsoleIamRoleLambdaExecution ?? expect.unreachable()
      const ofChecks = roleGrants(role).filter(({ resource }) => JSON.stringify(resource).includes('ChecksTable'))
      expect([...new Set(ofChecks.map(({ action }) => action))].sort()).toEqual(
        ['BatchGetItem', 'GetItem', 'Query'].map((one) => `dynamodb:${one}`),
      )
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
      ])
      expect(properties('SenderUser')).toEqual({ ManagedPolicyArns: [{ Ref: 'SenderPolicy' }] })
      expect(template.Resources.SenderUser?.Condition).toBe('HasSenderUser')
      expect(template.Conditions.HasSenderUser).toEqual({
        'Fn::Or': [{ 'Fn::Equals': ['no', 'yes'] }, { 'Fn::Equals': ['no', 'true'] }],
      })
    })
  })

  test('nobody but AWS services, ack links, browsers, jobs that report and senders of alerts can invoke a function', () => {
    const permissions = ofType(template, 'AWS::Lambda::Permission').map(([, { Properties }]) => Properties)
    const anyone = permissions.filter((permission) => permission.Principal === '*')
    const ways = anyone.map((each) => [
      referencesIn(each.FunctionName)[0]?.id,
      each.FunctionUrlAuthType ?? each.InvokedViaFunctionUrl,
    ])
    expect(ways.sort()).toEqual([
      ['AcknowledgeLambdaFunction', 'NONE'],
      ['AcknowledgeLambdaFunction', true],
      ['ConsoleLambdaFunction', 'NONE'],
      ['ConsoleLambdaFunction', true],
      ['HeartbeatLambdaFunction', 'NONE'],
      ['HeartbeatLambdaFunction', true],
      ['IngestLambdaFunction', 'NONE'],
      ['IngestLambdaFunction', true],
    ])
    const services = permissions.filter((permission) => permission.Principal !== '*')
    for (const permission of services) expect(permission.SourceArn, JSON.stringify(permission)).toBeDefined()
  })

  test('the secret is made beside the stack and reaches those who sign or know keys by it, and nobody else', () => {
    const holders = functions().filter(([, fn]) => environmentOf(fn).FENGHUO_SECRET_ARN !== undefined)
    expect(holders.map(([id]) => id).sort()).toEqual([
      'AcknowledgeLambdaFunction',
      'ConsoleLambdaFunction',
      'HeartbeatLambdaFunction',
      'PageLambdaFunction',
    ])
    const arn = 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/fenghuo/dev/secret'
    for (const [id, fn] of holders) expect(environmentOf(fn).FENGHUO_SECRET_ARN, id).toEqual({ 'Fn::Sub': arn })
    expect(JSON.stringify(template)).not.toMatch(/resolve:|SecretsManager/)
  })
}
