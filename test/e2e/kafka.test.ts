import { Kafka, logLevel, type Producer } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runChecks } from '../../shared/checks/run/run-checks.ts'
import type { Observation } from '../../shared/contracts/report.ts'
import { evaluateSamples } from '../../shared/engine/verdicts/evaluate-samples.ts'
import { type GroupOffsets, kafkaSamples } from '../../shared/evaluation/kafka-sample.ts'
import { factIn } from '../../shared/messages/facts.ts'
import { someCheck, someIo } from '../checks/records.ts'
import { isKcatHere, kcatMissing, type MockCluster, startMockCluster } from '../simulators/kafka/mock-cluster.ts'
import { logNothing } from '../store/log-nothing.ts'
import { MemoryTable } from '../store/memory-table.ts'

const MINUTE = 60_000
const isThere = isKcatHere()

const peer = "librdkafka's mock cluster"

describe.skipIf(!isThere)(isThere ? peer : `${peer}: ${kcatMissing}`, () => {
  let cluster: MockCluster
  let brokers: string[]
  let kafka: Kafka
  let producer: Producer

  beforeAll(async () => {
    cluster = await startMockCluster()
    brokers = cluster.brokers
    kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING })
    producer = kafka.producer()
    await producer.connect()
  })

  afterAll(async () => {
    await producer?.disconnect()
    cluster?.stop()
  })

  const produce = (topic: string, partition: number, count: number) =>
    producer.send({ topic, messages: Array.from({ length: count }, (_, index) => ({ partition, value: `${index}` })) })

  /** Reads messages of a group until it has so many, and commits them. */
  async function consume(groupId: string, topic: string, count: number) {
    const consumer = kafka.consumer({ groupId })
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    let left = count
    await new Promise<void>((resolve, reject) => {
      consumer
        .run({
          eachMessage: async () => {
            left--
            if (left === 0) resolve()
          },
        })
        .catch(reject)
    })
    await consumer.disconnect()
  }

  const check = (group: string, topic: string) =>
    someCheck({
      name: group,
      kind: 'kafka-lag',
      target: `mock/${group}`,
      spec: {
        cluster: { type: 'kafka', brokers, tls: false },
        group,
        topics: [topic],
        limits: { lag: [['*', 25]], allowed: [], ageMs: 3 * MINUTE },
      },
    })

  async function look(group: string, topic: string): Promise<Observation> {
    const [observation] = await runChecks([check(group, topic)], someIo())
    if (observation === undefined) throw new Error('nothing was seen')
    return observation
  }

  const partitionsOf = ({ samples }: Observation): GroupOffsets['topics'][number]['partitions'] =>
    kafkaSamples.parse(samples).groups[0]?.topics[0]?.partitions ?? []

  it('is read as a client of Kafka reads it', async () => {
    await produce('paid', 0, 30)
    await produce('paid', 2, 12)
    await consume('orders', 'paid', 42)
    const caughtUp = await look('orders', 'paid')
    expect(caughtUp).toMatchObject({ outcome: 'up', fault: { code: 'total-lag', args: { lag: 0, partitions: 4 } } })
    expect(partitionsOf(caughtUp)).toEqual([
      [0, 30, 30, false],
      [1, expect.toSatisfy(isNothing), 0, false],
      [2, 12, 12, false],
      [3, expect.toSatisfy(isNothing), 0, false],
    ])
    // This peer does not describe groups, so nobody is known to hold a partition.
    expect(kafkaSamples.parse(caughtUp.samples).groups[0]).not.toHaveProperty('state')

    await produce('paid', 2, 20)
    expect(await look('orders', 'paid')).toMatchObject({
      outcome: 'up',
      fault: { code: 'total-lag', args: { lag: 20, partitions: 4 } },
    })
    await produce('paid', 0, 6)
    expect(await look('orders', 'paid')).toMatchObject({
      outcome: 'down',
      fault: { code: 'topic-over-limit', args: { topic: 'paid', lag: 26, limit: 25 } },
    })
  })

  it('is judged over time: a group that stops is told once its oldest message is too old', async () => {
    await produce('late', 0, 10)
    await consume('sink', 'late', 10)
    const checks = new MemoryTable()
    const start = Date.now()
    const outcomes: string[] = []
    for (let minute = 0; minute < 6; minute++) {
      const observation = await look('sink', 'late')
      // The looks are moments apart; their window is of minutes.
      const at = start + minute * MINUTE
      const read = kafkaSamples.parse(observation.samples)
      const samples = { ...read, groups: read.groups.map((sample) => ({ ...sample, at })) }
      const runner = {
        function: 'probe',
        run: `${minute}`,
        version: '1',
        startedAt: at,
        finishedAt: at,
        coldStart: false,
      }
      const report = { v: 1, kind: 'report', vantage: 'aws/ap-southeast-1', runner } as const
      const evaluated = await evaluateSamples(
        { ...report, observations: [{ ...observation, at, samples }] },
        { checks: [check('sink', 'late')] },
        { checks, log: logNothing },
      )
      outcomes.push(
        evaluated.observations
          .map(({ outcome, fault }) => `${outcome} ${fault && factIn('en', fault).split(', Kafka')[0]}`)
          .join(),
      )
      await produce('late', 0, 1)
    }
    expect(outcomes.map((text) => text.replace(/, window .*/, ''))).toEqual([
      'up Kafka: lag 0',
      'up Kafka: lag 1',
      'up Kafka: lag 2, oldest 2m',
      'up Kafka: lag 3, oldest 3m',
      'down Kafka: lag 4, oldest 4m (limit 3m)',
      'down Kafka: lag 5, oldest 5m (limit 3m)',
    ])
  })

  it('has no group that nobody has used: unknown, not fine', async () => {
    await produce('paid', 1, 1)
    const observation = await look('nobody', 'paid')
    expect(partitionsOf(observation).every(([, offset]) => offset === null)).toBe(true)
  })

  it('without a broker is unknown', async () => {
    const [gone] = await runChecks(
      [
        {
          ...check('orders', 'paid'),
          spec: {
            ...(check('orders', 'paid').spec as object),
            cluster: { type: 'kafka', brokers: ['127.0.0.1:1'], tls: false },
          },
        },
      ],
      someIo(),
    )
    expect(gone).toMatchObject({
      outcome: 'unknown',
      fault: { code: 'kafka-unreached', args: { fault: { code: 'connection-refused' } } },
    })
  })
})

/** A partition without messages may have been committed at its beginning, or never. */
function isNothing(offset: unknown): boolean {
  return offset === 0 || offset === null
}
