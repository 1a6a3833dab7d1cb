import { describe, expect, it } from 'vitest'
import { readDefinition } from '../../local/definition.ts'
import type { Resources } from '../../local/intrinsics.ts'
import { parseSource, readSource } from '../../local/place.ts'
import { ANSWER_MS } from '../../shared/channels/channel.ts'
import { channels } from '../../shared/channels/registered/channels.ts'

const sources = { stage: 'local', region: 'ap-southeast-1', params: {}, env: {} }

/** Names everything by what it was asked for. */
const echo: Resources = { ref: (name) => `<${name}>`, attribute: (name, attribute) => `a/b/<${name}.${attribute}>/d` }

describe('the project’s own definition', () => {
  const definition = readDefinition(readSource('serverless.yml'), sources)

  it('runs probe and watch every minute and feeds evaluate and page from their queues', () => {
    const triggers = Object.values(definition.functions).map(({ name, schedules, sources, url }) => ({
      name,
      schedules: schedules.map(({ text }) => text),
      queues: sources.map((source) => source.queue),
      url,
    }))
    expect(triggers).toEqual([
      { name: 'probe', schedules: ['rate(1 minute)'], queues: [], url: false },
      { name: 'evaluate', schedules: [], queues: ['EventsQueue', 'OverflowQueue'], url: false },
      { name: 'page', schedules: [], queues: ['EscalationQueue', 'SubscribersQueue'], url: false },
      { name: 'acknowledge', schedules: [], queues: [], url: true },
      { name: 'heartbeat', schedules: [], queues: [], url: true },
      { name: 'ingest', schedules: [], queues: ['AwsEventsQueue'], url: true },
      { name: 'watch', schedules: ['rate(1 minute)'], queues: [], url: false },
      { name: 'console', schedules: [], queues: [], url: true },
      { name: 'peer', schedules: [], queues: [], url: false },
      { name: 'region-health', schedules: ['rate(1 minute)'], queues: [], url: false },
      { name: 'region-lookup', schedules: [], queues: [], url: false },
    ])
  })

  it('gives every consumed queue more visibility than its function has time, and a queue for what fails', () => {
    for (const { name, timeoutMs, sources } of Object.values(definition.functions)) {
      for (const source of sources) {
        const queue = definition.queues[source.queue]
        expect(source.partialFailures, name).toBe(true)
        expect(queue?.visibilitySeconds, name).toBeGreaterThan(timeoutMs / 1000)
        expect(definition.queues[queue?.redrive?.to ?? ''], name).toBeDefined()
      }
    }
  })

  it('gives page time to write down what became of a message after its vendor was waited for', () => {
    const { timeoutMs = 0 } = definition.functions.page ?? {}
    for (const { type, limits } of Object.values(channels))
      expect((limits.answerMs ?? ANSWER_MS) + 3_000, type).toBeLessThanOrEqual(timeoutMs)
  })

  it('has the tables with their keys and indexes', () => {
    const tables = Object.values(definition.tables).map(({ name, keys, indexes }) => ({
      name,
      keys: keys.map((key) => key.AttributeName),
      indexes: indexes.map((index) => index.IndexName),
    }))
    expect(tables).toEqual([
      { name: 'fenghuo-local-contacts', keys: ['projectName'], indexes: [] },
      { name: 'fenghuo-local-incidents', keys: ['pk', 'sk'], indexes: ['due', 'open'] },
      { name: 'fenghuo-local-checks', keys: ['pk', 'sk'], indexes: ['due'] },
      { name: 'fenghuo-local-regions', keys: ['connectRegion'], indexes: [] },
    ])
  })

  it('gives page its environment with references resolved', () => {
    expect(definition.functions.page?.environment(echo)).toMatchObject({
      FENGHUO_CONFIG: '.build/config/page.json',
      ESCALATION_QUEUE_URL: '<EscalationQueue>',
      CONTACTS_TABLE: '<ContactsTable>',
      CONTACT_FLOW_ID: 'a/b/<ContactFlow.ContactFlowArn>/d',
    })
  })

  it('names the vantage by cloud and region', () => {
    expect(definition.functions.probe?.environment(echo).VANTAGE).toBe('aws/ap-southeast-1')
  })
})

const queueOnly = `
resources:
  Resources:
    Jobs: { Type: AWS::SQS::Queue }
`

describe.each([
  { file: 'serverless.tencent.yml', cloud: 'tencent', region: 'ap-singapore' },
  { file: 'serverless.aliyun.yml', cloud: 'aliyun', region: 'cn-shanghai' },
])('the definition of $cloud', ({ file, cloud, region }) => {
  const env = {
    FENGHUO_SENDER_KEY_ID: 'AKIA',
    FENGHUO_SENDER_KEY_SECRET: 'made-up',
    FENGHUO_EVENTS_QUEUE_URL: 'http://127.0.0.1/q',
  }
  const definition = readDefinition(readSource(file), { ...sources, region, env })

  it('has a probe for each group of kinds of checks, each with a timer', () => {
    const probes = Object.values(definition.functions).filter(({ checks }) => checks !== undefined)
    const functions = probes.map(({ name, key, schedules, timeoutMs, checks }) => ({
      ...{ name, key, timeoutMs, checks },
      timers: schedules.map((schedule) => [schedule.name, schedule.text]),
    }))
    const timers = [['schedule-1', 'rate(1 minute)']]
    expect(functions).toEqual([
      { name: `${cloud}-uptime`, key: 'uptime', timeoutMs: 60_000, checks: 'uptime', timers },
      { name: `${cloud}-latency`, key: 'latency', timeoutMs: 60_000, checks: 'latency', timers },
      { name: `${cloud}-kafka`, key: 'kafka', timeoutMs: 60_000, checks: 'kafka', timers },
    ])
    expect(definition.functions[`${cloud}-kafka`]?.module, 'merged from the first').toBe(`services/probe/${cloud}`)
  })

  it('gives them the key that may send, the queue and their vantage', () => {
    expect(definition.functions[`${cloud}-latency`]?.environment(echo)).toEqual({
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 'made-up',
      EVENTS_QUEUE_URL: 'http://127.0.0.1/q',
      REPORTS_URL: '',
      VANTAGE: `${cloud}/${region}`,
      FENGHUO_CONFIG: `.build/config/${cloud}/${region}/latency.json`,
    })
  })
})

describe('a definition that can’t run here', () => {
  it.each([
    {
      reason: 'a cron schedule',
      text: 'functions:\n  a:\n    handler: a.b\n    events:\n      - schedule: cron(0 8 * * ? *)\n',
      error:
        's.yml:5: functions.a.events[0].schedule: cron(0 8 * * ? *) should be rate(N minutes), rate(N hours) or rate(N days)',
    },
    {
      reason: 'a schedule that SCF has no cron for',
      text: 'provider: { name: tencent }\nfunctions:\n  a:\n    handler: a.b\n    events:\n      - schedule: rate(7 minutes)\n',
      error: 's.yml:6: functions.a.events[0].schedule: rate(7 minutes): SCF has only cron',
    },
    {
      reason: 'a schedule that FC has no cron for',
      text: 'provider: { name: aliyun }\nfunctions:\n  a:\n    handler: a.b\n    events:\n      - schedule: cron(0 8 * * ? 2027)\n',
      error: 's.yml:6: functions.a.events[0].schedule: Function Compute has no years',
    },
    {
      reason: 'a cloud that it does not know',
      text: 'provider: { name: google }\nfunctions: {}\n',
      error: 's.yml:1: provider.name: should be one of aws, tencent, aliyun',
    },
    {
      reason: 'an event that nothing here sends',
      text: 'functions:\n  a:\n    handler: a.b\n    events:\n      - s3: bucket\n',
      error: 's.yml:5: functions.a.events[0]: the local stack has no s3 event',
    },
    {
      reason: 'a queue of another stack',
      text: 'functions:\n  a:\n    handler: a.b\n    events:\n      - sqs: arn:aws:sqs:eu-west-1:1:other\n',
      error: 's.yml:5: functions.a.events[0].sqs: arn should be !GetAtt <queue of this file>.Arn',
    },
    {
      reason: 'a variable without a value',
      text: 'functions:\n  a:\n    handler: a.b\n    timeout: ${param:slow}\n',
      error: 's.yml:4: functions.a.timeout: ${param:slow} has no value and no fallback',
    },
    {
      reason: 'a variable source that needs AWS',
      text: 'functions:\n  a:\n    handler: ${ssm:/handler}\n',
      error: 's.yml:3: functions.a.handler: ${ssm:/handler} is not known to the local stack',
    },
    {
      reason: 'a variable that refers to itself',
      text: 'custom:\n  x: ${self:custom.x}\nfunctions:\n  a:\n    handler: ${self:custom.x}\n',
      error: 's.yml:2: custom.x: ${self:custom.x} refers to itself',
    },
    {
      reason: 'no handler',
      text: 'functions:\n  a: {}\n',
      error: 's.yml:2: functions.a: handler should be path/to/module.export',
    },
    { reason: 'broken YAML', text: 'functions: [a\n', error: /^s\.yml:2: the file: Flow sequence/ },
  ])('$reason is named with its place', ({ text, error }) => {
    expect(() => readDefinition(parseSource('s.yml', text), sources)).toThrow(error)
  })

  it('names an intrinsic function that has no value on this machine where it is used', () => {
    const text = `functions:\n  a:\n    handler: a.b\n    environment:\n      X: !ImportValue other\n${queueOnly}`
    const definition = readDefinition(parseSource('s.yml', text), sources)
    expect(() => definition.functions.a?.environment(echo)).toThrow(
      's.yml:5: functions.a.environment.X: Fn::ImportValue is not known to the local stack',
    )
  })

  it('leaves alone what only a deployment needs', () => {
    const text = `custom:\n  mail: \${param:alarmEmail}\nfunctions:\n  a:\n    handler: a.b\n${queueOnly}`
    expect(readDefinition(parseSource('s.yml', text), sources).queues).toEqual({
      Jobs: { name: 'Jobs', visibilitySeconds: 30, retentionSeconds: 345_600 },
    })
  })
})

describe('variables and functions', () => {
  const environment = (yaml: string, env: Record<string, string> = {}) => {
    const text = `custom:\n  name: fire\n  list: [a, b]\nfunctions:\n  a:\n    handler: a.b\n    environment:\n      X: ${yaml}\n`
    return readDefinition(parseSource('s.yml', text), { ...sources, env }).functions.a?.environment(echo).X
  }

  it.each([
    { yaml: "'${self:custom.name}-${sls:stage}'", value: 'fire-local', reason: 'two variables in one text' },
    { yaml: "'${env:NONE, self:custom.name}'", value: 'fire', reason: 'the second source when the first is unset' },
    { yaml: '"${env:NONE, \'a, b\'}"', value: 'a, b', reason: 'a quoted fallback may hold a comma' },
    { yaml: "'${env:SET, 1}'", value: 'yes', reason: 'the first source when it is set' },
    { yaml: "'${self:custom.list.${env:INDEX}}'", value: 'b', reason: 'a variable inside a variable' },
    { yaml: "!Sub '${AWS::Region}/${Q.Arn}/${!Raw}'", value: '<AWS::Region>/a/b/<Q.Arn>/d/${Raw}', reason: 'Sub' },
    { yaml: "!Sub ['${x}-${Q}', { x: !Ref R }]", value: '<R>-<Q>', reason: 'Sub with variables of its own' },
    { yaml: "!Join ['-', [a, !GetAtt Q.Name]]", value: 'a-a/b/<Q.Name>/d', reason: 'Join' },
    { yaml: "!Select [1, !Split ['/', !GetAtt Q.Arn]]", value: 'b', reason: 'Select and Split' },
  ])('$reason', ({ yaml, value }) => {
    expect(environment(yaml, { SET: 'yes', INDEX: '1' })).toBe(value)
  })
})
