import type { Message } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { wire as wireAcknowledge } from '../../services/acknowledge/aws.ts'
import { wire as wireEvaluate } from '../../services/evaluate/aws.ts'
import { wire as wirePage } from '../../services/page/aws.ts'
import { wire as wireWatch } from '../../services/watch/aws.ts'
import { STORM_KEY } from '../../shared/contracts/storm.ts'
import { readIncident } from '../../shared/store/incidents.ts'
import { type AwsWorld, context, startAws } from '../engine/aws.ts'
import { config } from '../engine/world.ts'

let aws: AwsWorld

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {})
  aws = await startAws(config())
})

afterAll(async () => {
  vi.restoreAllMocks()
  await aws.stop()
})

describe('evaluate, over the real protocols', () => {
  it('takes a batch: what is understood opens its incident, what is not goes to the dead-letter queue with its reason', async () => {
    const alerts = [{ action: 'trigger', dedupKey: 'web', project: 'pay', summary: 'web is down' }]
    await aws.send('events', JSON.stringify({ v: 1, kind: 'alerts', alerts }))
    await aws.send('events', '{"projectName":"shop"}')
    await aws.send('events', '{"hello":')
    const messages = await aws.receive('events')
    expect(messages).toHaveLength(3)

    expect(await wireEvaluate(aws.env)(aws.batch(messages), context)).toEqual({ batchItemFailures: [] })
    expect((await readIncident({ project: 'pay', groupKey: 'web' }, aws.incidents))?.status).toBe('open')
    const [dead, ...others] = await aws.receive('deadEvents')
    expect(others).toEqual([])
    expect(dead?.Body).toBe('{"hello":')
    expect(dead?.MessageAttributes?.reason?.StringValue).toBe('not-json: "{\\"hello\\":"')

    const warning = await readIncident({ project: 'fenghuo', groupKey: 'fenghuo/dead-letters-events' }, aws.incidents)
    expect(warning).toMatchObject({
      status: 'open',
      severity: 'warning',
      fact: { args: { reason: { code: 'not-json', args: { starts: '{"hello":' } } } },
    })
    const steps = (await aws.receive('escalation')).map(({ Body }) => JSON.parse(Body ?? '').incident)
    expect(steps.toSorted()).toEqual([
      'fenghuo#1#fenghuo/dead-letters-events',
      'pay#1#web',
      expect.stringMatching(/^shop#1#seed:/),
    ])
  })

  it('parts a large message, leaves what is above a limit to the overflow queue, and joins it there', async () => {
    const alerts = Array.from({ length: 150 }, (_, index) => {
      const dedupKey = `disk-${index}`
      return { action: 'trigger', dedupKey, project: 'raging', summary: 'full' }
    })
    await aws.send('events', JSON.stringify({ v: 1, kind: 'alerts', alerts }))
    const [large] = await aws.receive('events')
    const sentAt = large?.Attributes?.SentTimestamp
    const evaluate = wireEvaluate(aws.env)
    const take = async (queue: 'events' | 'overflow', messages: Message[]) => {
      const { Records } = aws.batch(messages) as { Records: object[] }
      const batch = { Records: Records.map((record) => ({ ...record, eventSourceARN: `arn:aws:sqs:r:1:${queue}` })) }
      expect(await evaluate(batch, context)).toEqual({ batchItemFailures: [] })
    }
    await take('events', large ? [large] : [])

    const parts = await aws.receive('events')
    expect(parts).toHaveLength(2)
    expect(parts.map((part) => part.MessageAttributes?.firstSent?.StringValue)).toEqual([sentAt, sentAt])
    await take('events', parts)
    const above = await aws.receive('overflow')
    await take('overflow', above)
    const storm = await readIncident({ project: 'raging', groupKey: STORM_KEY }, aws.incidents)
    expect(storm?.fact?.args).toMatchObject({ came: 100, open: 100 })
  })

  it('keeps a message while its tables are out of reach', async () => {
    await aws.send('events', '{"projectName":"later"}')
    const messages = await aws.receive('events')
    const broken = wireEvaluate({ ...aws.env, INCIDENTS_TABLE: 'no-such-table' })

    expect(await broken(aws.batch(messages), context)).toEqual({
      batchItemFailures: [{ itemIdentifier: messages[0]?.MessageId }],
    })
    expect(await aws.depth('events')).toBeGreaterThan(0)
  })
})

describe('a variable that is not set is named', () => {
  const wires = { evaluate: wireEvaluate, page: wirePage, acknowledge: wireAcknowledge, watch: wireWatch }
  const common = ['FENGHUO_CONFIG', 'INCIDENTS_TABLE', 'ESCALATION_QUEUE_URL']
  const needs: [keyof typeof wires, string[]][] = [
    ['evaluate', [...common, 'CHECKS_TABLE', 'EVENTS_QUEUE_URL', 'OVERFLOW_QUEUE_URL', 'EVENTS_DLQ_URL']],
    ['page', [...common, 'CONTACTS_TABLE', 'FENGHUO_SECRET', 'ESCALATION_DLQ_URL']],
    ['acknowledge', [...common, 'CONTACTS_TABLE']],
    [
      'watch',
      [...common, 'CHECKS_TABLE', 'CONTACTS_TABLE', 'EVENTS_QUEUE_URL', 'EVENTS_DLQ_URL', 'ESCALATION_DLQ_URL'],
    ],
  ]

  it.each(
    needs.flatMap(([name, variables]) => variables.map((variable) => ({ name, variable }))),
  )('$name: $variable', ({ name, variable }) => {
    expect(() => wires[name]({ ...aws.env, [variable]: undefined })).toThrow(`variable ${variable} is not set`)
    expect(() => wires[name]({ ...aws.env, [variable]: '' })).toThrow(`variable ${variable} is not set`)
  })

  it('a configuration that cannot be read is named as well', () => {
    expect(() => wireWatch({ ...aws.env, FENGHUO_CONFIG: 'nowhere.json' })).toThrow('FENGHUO_CONFIG names nowhere.json')
  })
})
