import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { wire } from '../../services/watch/aws.ts'
import { readIncident } from '../../shared/store/incidents.ts'
import { type AwsWorld, context, startAws } from '../engine/aws.ts'
import { config } from '../engine/world.ts'

let aws: AwsWorld

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {})
})

afterAll(() => vi.restoreAllMocks())

beforeEach(async () => {
  aws = await startAws(config())
  return () => aws.stop()
})

const warning = (queue: string) =>
  readIncident({ project: 'fenghuo', groupKey: `fenghuo/dead-letters-${queue}` }, aws.incidents)

/** What the events queue holds beside the canary that sets out each minute. */
const received = async () => (await aws.receive('events')).filter(({ Body }) => Body !== CANARY)
const CANARY = '{"v":1,"kind":"canary"}'

describe('dead letters, over the real protocol', () => {
  it('without a reason go back to their queue, and raise no warning', async () => {
    for (let index = 0; index < 13; index++) await aws.send('deadEscalation', `{"n":${index}}`)
    await wire(aws.env)({}, context)

    expect(await aws.depth('deadEscalation')).toBe(0)
    expect(await aws.depth('escalation')).toBe(13)
    expect(await warning('escalation')).toBeUndefined()
  })

  it('keep when and by whom they were first sent, however often they go back', async () => {
    const before = Date.now()
    await aws.send('deadEvents', '{"projectName":"pay"}')
    await wire(aws.env)({}, context)

    const [message] = await received()
    const { firstSent, firstSender, redrives } = message?.MessageAttributes ?? {}
    expect(redrives?.StringValue).toBe('1')
    expect(firstSender?.StringValue).toBe(message?.Attributes?.SenderId)
    expect(Number(firstSent?.StringValue)).toBeGreaterThanOrEqual(before)
    expect(Number(firstSent?.StringValue)).toBeLessThanOrEqual(Number(message?.Attributes?.SentTimestamp))
  })

  it('with a reason stay for a human, and raise a warning', async () => {
    await aws.send('deadEvents', 'odd', 'not-json: "odd"')
    await aws.send('deadEvents', '{"projectName":"pay"}')
    await wire(aws.env)({}, context)

    expect(await aws.depth('deadEvents')).toBe(1)
    expect((await received()).map(({ Body }) => Body)).toEqual(['{"projectName":"pay"}'])
    expect(await warning('events')).toMatchObject({ status: 'open', severity: 'warning' })
    expect(await warning('escalation')).toBeUndefined()

    await wire(aws.env)({}, context)
    expect(await aws.depth('deadEvents')).toBe(1)
    expect(await warning('events')).toMatchObject({ status: 'open', generation: 1 })
  })
})

describe('a round of watch', () => {
  it('is not lost while an update of the deployment has not given it the variables of the subscribers’ queue yet', async () => {
    await aws.stop()
    const title = { zh: 'Pay', en: 'Pay' }
    aws = await startAws({
      ...config(),
      status: { pay: { title, languages: ['en'], components: {}, subscribe: ['mail'] } },
    })
    await aws.send('deadEscalation', '{"n":1}')
    await wire({ ...aws.env, SUBSCRIBERS_QUEUE_URL: undefined, SUBSCRIBERS_DLQ_URL: undefined })({}, context)
    expect(await aws.depth('escalation')).toBe(1)
    expect(() => wire({ ...aws.env, ESCALATION_QUEUE_URL: undefined })).toThrow('ESCALATION_QUEUE_URL')
  })
})

describe('the path itself, over the real protocol', () => {
  const mails = () => aws.sns.published.map(({ subject }) => subject)

  it('is told of on the topic, once, beside whatever the path can carry', async () => {
    await aws.send('deadEvents', 'odd', 'not-json: "odd"')
    const watch = wire(aws.env)
    await watch({}, context)
    await watch({}, context)
    expect(mails()).toEqual(['ALARM: "fenghuo-test-events-dlq" in ap-southeast-1'])
    expect(aws.sns.published[0]?.message).toContain('events-dlq 1 + 0')
  })

  it('is told of again when SNS has refused, and that run of watch fails, for its alarm to see', async () => {
    await aws.send('deadEvents', 'odd', 'not-json: "odd"')
    aws.sns.fail({ kind: 'error', code: 'AuthorizationError', message: 'not authorized' })
    await expect(wire(aws.env)({}, context)).rejects.toThrow(
      /Publish on arn:.* HTTP 400 AuthorizationError not authorized/,
    )
    expect(mails()).toEqual([])
    await wire(aws.env)({}, context)
    expect(mails()).toEqual(['ALARM: "fenghuo-test-events-dlq" in ap-southeast-1'])
  })

  it('sends a canary each minute, and one behind what waits above storm limits', async () => {
    await wire(aws.env)({}, context)
    expect((await aws.receive('events')).map(({ Body }) => Body)).toEqual([CANARY])
    expect(await aws.depth('overflow')).toBe(0)
    await aws.send('overflow', '{"v":1}')
    await wire(aws.env)({}, context)
    expect(await aws.depth('overflow')).toBe(2)
  })

  it('needs its topic: without it nobody would hear', () => {
    expect(() => wire({ ...aws.env, ALARM_TOPIC_ARN: '' })).toThrow('ALARM_TOPIC_ARN')
  })
})
