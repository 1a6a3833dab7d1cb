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

    const [message] = await aws.receive('events')
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
    expect((await aws.receive('events')).map(({ Body }) => Body)).toEqual(['{"projectName":"pay"}'])
    expect(await warning('events')).toMatchObject({ status: 'open', severity: 'warning' })
    expect(await warning('escalation')).toBeUndefined()

    await wire(aws.env)({}, context)
    expect(await aws.depth('deadEvents')).toBe(1)
    expect(await warning('events')).toMatchObject({ status: 'open', generation: 1 })
  })
})
