import { type Admin, Kafka, logLevel } from 'kafkajs'
import { runChecks } from '../shared/checks/run/run-checks.ts'
import { kafkaSamples } from '../shared/evaluation/kafka-sample.ts'
import { isKcatHere, startMockCluster } from '../test/simulators/kafka/mock-cluster.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { startKafkaCluster } from './kafka-cluster.ts'
import { groupCheck } from './kafka-groups.ts'
import { median } from './statistics.ts'

const group = 'orders'
const topic = 'paid'
const messages = 60

/** Looks per run, each beside one of either way of kafkajs. */
const looksPerRun = 15
const warmUps = 10

/** What a look at the group finds. */
interface Peer {
  brokers: string[]
  lag: number
  stop(): void
}

export const kafkaCold: Benchmark = {
  name: 'kafka-cold',
  summary: 'one consumer group, each time by a new client: commits, then end offsets, against kafkajs used as it comes',
  goals: { coldMs: 10 },
  async measure(runs, progress) {
    const peer = isKcatHere() ? await startMock() : await startFake()
    progress(
      `the peer is ${isKcatHere() ? "librdkafka's mock cluster of three brokers" : 'the wire-level fake: no kcat'}`,
    )
    try {
      await measureLooks(peer, warmUps)
      const measured: Run[] = []
      for (let run = 1; run <= runs; run++) {
        progress(`run ${run} of ${runs}`)
        measured.push(await measureLooks(peer, looksPerRun))
      }
      return measured
    } finally {
      peer.stop()
    }
  },
}

async function measureLooks(peer: Peer, looks: number): Promise<Run> {
  const ours: number[] = []
  const sequence: number[] = []
  const parallel: number[] = []
  for (let look = 0; look < looks; look++) {
    ours.push(await timed(() => ourLag(peer), peer.lag))
    sequence.push(await timed(() => theirLag(peer, inSequence), peer.lag))
    parallel.push(await timed(() => theirLag(peer, inParallel), peer.lag))
  }
  const [coldMs, sequenceMs, parallelMs] = [median(ours), median(sequence), median(parallel)]
  return {
    figures: { coldMs, sequenceMs, parallelMs },
    ratios: { toSequence: coldMs / sequenceMs, toParallel: coldMs / parallelMs },
  }
}

/** How long it takes until the lag is known. Throws when it is another one. */
async function timed(look: () => Promise<number>, expected: number): Promise<number> {
  const start = performance.now()
  const lag = await look()
  const ms = performance.now() - start
  if (lag !== expected) throw new Error(`a lag of ${lag} was read, not ${expected}`)
  return ms
}

/** The check as a probe runs it, without a connection from before. */
async function ourLag({ brokers }: Peer): Promise<number> {
  const io = { now: Date.now, monotonic: () => performance.now(), env: {}, signal: new AbortController().signal }
  const [seen] = await runChecks([groupCheck(brokers, group, [topic])], io)
  const { groups } = kafkaSamples.parse(seen?.samples)
  const partitions = groups.flatMap(({ topics }) => topics.flatMap((one) => one.partitions))
  return partitions.reduce((sum, [, offset, end]) => sum + (end ?? 0) - (typeof offset === 'number' ? offset : 0), 0)
}

type Look = (admin: Admin) => Promise<[committed: { partition: number; offset: string }[], ends: { offset: string }[]]>

const commitsOf = async (admin: Admin) =>
  (await admin.fetchOffsets({ groupId: group, topics: [topic] }))[0]?.partitions ?? []
/** Commits before ends, as they must be; without the metadata first even this runs into the retry. */
const inSequence: Look = async (admin) => {
  await admin.fetchTopicMetadata({ topics: [topic] })
  return [await commitsOf(admin), await admin.fetchTopicOffsets(topic)]
}

/** The natural way to write it: on a client without metadata kafkajs begins again after some 300 ms. */
const inParallel: Look = (admin) => Promise.all([commitsOf(admin), admin.fetchTopicOffsets(topic)])

/** kafkajs' admin client; disconnecting it is not counted against it. */
async function theirLag({ brokers }: Peer, look: Look): Promise<number> {
  const admin = new Kafka({ clientId: 'fenghuo', brokers, logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  const [committed, ends] = await look(admin)
  admin.disconnect().catch(() => {})
  const sum = (offsets: { offset: string }[]) =>
    offsets.reduce((total, { offset }) => total + Math.max(0, Number(offset)), 0)
  return sum(ends) - sum(committed)
}

/** The group has read all that was there, and then more was written. */
async function startMock(): Promise<Peer> {
  const { brokers, stop } = await startMockCluster()
  const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING })
  const producer = kafka.producer()
  await producer.connect()
  const produce = () =>
    producer.send({
      topic,
      messages: Array.from({ length: messages }, (_, index) => ({ partition: index % 4, value: `${index}` })),
    })
  await produce()
  const consumer = kafka.consumer({ groupId: group })
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  let left = messages
  await new Promise<void>((resolve, reject) => {
    const eachMessage = async () => {
      left -= 1
      if (left === 0) resolve()
    }
    consumer.run({ eachMessage }).catch(reject)
  })
  await consumer.disconnect()
  await produce()
  await producer.disconnect()
  return { brokers, lag: messages, stop }
}

async function startFake(): Promise<Peer> {
  const partitions = [0, 1, 2, 3]
  const { brokers, stop } = await startKafkaCluster({
    topics: { [topic]: { ends: partitions.map(() => 2 * messages) } },
    groups: { [group]: { commits: { [topic]: Object.fromEntries(partitions.map((one) => [one, messages])) } } },
  })
  return { brokers, lag: partitions.length * messages, stop }
}
