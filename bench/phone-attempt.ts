import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { EscalationMessage } from '../shared/contracts/step.ts'
import { phoneHashOf } from '../shared/incidents/acknowledge-link.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { deployed, environmentOf } from './deployed.ts'
import { delayedMessages, eventOf, messagesOf } from './escalation-queue.ts'
import { type Harness, inHarness, root } from './harness.ts'
import { bundleFunction, type Invoked, type Lambda, startLambda } from './lambda.ts'
import { seedMs } from './seed.ts'
import { ivrPrefix, makeTenants, type Tenant } from './tenants.ts'

/** How long every vendor takes to answer. */
const latencyMs = 50

/** A phone attempt that has not come to its end by then is stuck, however busy the machine. */
const patienceMs = 60_000

/** Warm attempts of a run; its figure is their median. */
const warmAttempts = 5

/** A cold attempt, further ones until no instance is new, the warm ones, and one of each other ending. */
const attemptsPerRun = warmAttempts + 5

export const phoneAttempt = attemptsBy({
  name: 'phone-attempt',
  vendor: 'Amazon Connect',
  prefix: '+86138',
  figures: { contactEventsMs: 'contact-event', flowMs: 'flow' },
  play: playConnect,
})

export const phoneAttemptIvr = attemptsBy({
  name: 'phone-attempt-ivr',
  vendor: 'Alibaba Cloud, whose every receipt comes by itself',
  prefix: ivrPrefix,
  figures: { receiptsMs: 'receipt' },
  play: playIvr,
})

/** By whom attempts are made. */
interface Maker {
  name: string
  vendor: string
  /** What the numbers begin with that are called so. */
  prefix: string
  /** The figures that its own kinds of invocations have. */
  figures: Record<string, Part['kind']>
  /** What happens to the phone. */
  play(ending: Ending, contactId: string, harness: Harness): Promise<void>
}

function attemptsBy(maker: Maker): Benchmark {
  const summary = `handler time that one phone attempt by ${maker.vendor} causes, against the 65 s that the seed slept`
  return { name: maker.name, summary, goals: { warmMs: 300, coldMs: 1500 }, measure }

  async function measure(runs: number, progress: (what: string) => void): Promise<Run[]> {
    const tenants = makeTenants(runs * attemptsPerRun, {
      name: 'tenant',
      from: 1,
      prefix: maker.prefix,
      layers: 2,
      projects: 1,
      channels: ['phone', 'sms', 'chat'],
      ackTimeout: '5m',
    })
    return inHarness(tenants, latencyMs, async (harness) => {
      const packaged = await packageFunctions(harness)
      const measured: Run[] = []
      for (let run = 1; run <= runs; run++) {
        progress(`run ${run} of ${runs}`)
        measured.push(await measureRun(harness, tenants, packaged, maker))
      }
      return measured
    })
  }
}

type Ending = 'no answer' | 'no key' | 'key 1'

/** One invocation that an attempt caused. */
interface Part extends Invoked {
  kind: 'call' | 'contact-event' | 'flow' | 'receipt' | 'step' | 'late'
}

async function measureRun(harness: Harness, tenants: Tenant[], packaged: Packaged, maker: Maker): Promise<Run> {
  const lambdas = { page: packaged.page(), acknowledge: packaged.acknowledge() }
  const next = () => {
    const tenant = tenants.shift()
    if (tenant === undefined) throw new Error('new instances were needed again and again: nothing is ever warm')
    return tenant
  }
  try {
    const cold = await attempt('no key', harness, next(), lambdas, maker)
    let first: Part[]
    do first = await attempt('no key', harness, next(), lambdas, maker)
    while (first.some((part) => part.cold))
    const attempts = [first]
    while (attempts.length < warmAttempts) attempts.push(await attempt('no key', harness, next(), lambdas, maker))
    const warm = middle(attempts)
    const unanswered = await attempt('no answer', harness, next(), lambdas, maker)
    const acknowledged = await attempt('key 1', harness, next(), lambdas, maker)
    const ofKind = (kind: Part['kind']) => total(warm.filter((part) => part.kind === kind).map(({ ms }) => ms))
    const own = Object.entries(maker.figures).map(([name, kind]) => [name, ofKind(kind)] as const)
    const [warmMs, coldMs] = [total(warm.map(({ ms }) => ms)), total(cold.map(({ ms }) => ms))]
    return {
      figures: {
        warmMs,
        firstWarmMs: total(first.map(({ ms }) => ms)),
        callMs: ofKind('call'),
        ...Object.fromEntries(own),
        stepMs: ofKind('step'),
        lateMs: ofKind('late'),
        warmCpuMs: total(warm.map(({ cpuMs }) => cpuMs)),
        invocations: warm.length,
        awsRequests: total(warm.map(({ requests }) => requests)),
        unansweredMs: total(unanswered.map(({ ms }) => ms)),
        acknowledgedMs: total(acknowledged.map(({ ms }) => ms)),
        coldMs,
        coldStarts: cold.filter(({ cold }) => cold).length,
      },
      ratios: { warmToSeed: warmMs / seedMs, coldToSeed: coldMs / seedMs },
    }
  } finally {
    for (const lambda of Object.values(lambdas)) lambda.stop()
  }
}

/**
 * One call, from its message on the escalation queue to the step that begins the next layer, with the messages that come
 * later and change nothing. What comes before runs elsewhere, and the next person's call, which is the next attempt, is not
 * made.
 */
async function attempt(
  ending: Ending,
  harness: Harness,
  { phones: [phone = ''], projects: [project = ''] }: Tenant,
  lambdas: Record<'page' | 'acknowledge', Lambda>,
  maker: Maker,
): Promise<Part[]> {
  const phoneHash = phoneHashOf(phone, harness.secret)
  const parts: Part[] = []
  const others = new Set<string>()
  let begun = false

  const { page, acknowledge } = harness.hosts
  if (page === undefined || acknowledge === undefined) throw new Error('the stack lacks a function')
  const counted = (lambda: Lambda, kind: Part['kind']) => async (event: unknown) => {
    const invoked = await lambda.invoke(event)
    parts.push({ kind, ...invoked })
    return invoked.answer
  }
  harness.hosts.page = async (event) => {
    const [message, ...more] = messagesOf(event)
    if (message === undefined || more.length > 0) throw new Error('one message at a time was expected')
    if ('phoneHash' in message && message.phoneHash !== phoneHash) {
      others.add(message.phoneHash)
      return undefined
    }
    begun ||= message.kind !== 'step'
    return begun ? counted(lambdas.page, message.kind === 'step' ? 'step' : 'call')(event) : page(event)
  }
  harness.hosts.acknowledge = (event) => {
    const { Name, rawPath } = event as { Name?: string; rawPath?: string }
    const kind = rawPath === undefined ? 'contact-event' : 'receipt'
    return counted(lambdas.acknowledge, Name === undefined ? kind : 'flow')(event)
  }

  await untilFreshSecond()
  const ringing = harness.vendors.rings(phone)
  await harness.alert(project, ending)
  const { call } = await ringing
  await harness.idle()
  await maker.play(ending, call.contactId, harness)
  await harness.idle()
  // A call that ended without a word of its flow is over two seconds later.
  const goesOn = ending !== 'key 1'
  if (goesOn) await until(() => others.size > 0, `the next layer after ${ending}`)
  await harness.idle()
  for (const message of await staleMessages(phoneHash, project, ending, harness))
    await counted(lambdas.page, 'late')(eventOf(message))

  Object.assign(harness.hosts, { page, acknowledge })
  if (others.size !== (goesOn ? 1 : 0)) throw new Error(`${others.size} others were to be called after ${ending}`)
  await harness.settle(project, ending)
  return parts
}

async function playConnect(ending: Ending, contactId: string, harness: Harness): Promise<void> {
  await onConnect(ending, contactId, harness)
  await harness.vendors.connect.delivered()
}

async function onConnect(ending: Ending, contactId: string, { vendors: { connect }, idle }: Harness): Promise<void> {
  if (ending === 'no answer') return connect.noAnswer(contactId)
  await connect.answer(contactId)
  await connect.delivered()
  // Listening takes seconds: nothing of answering is under way any more when a key is pressed or the time is up.
  await idle()
  if (ending === 'key 1') {
    await connect.press(contactId, '1')
    return
  }
  await connect.silence(contactId)
  await connect.silence(contactId)
}

async function playIvr(ending: Ending, contactId: string, harness: Harness): Promise<void> {
  const { vendors, idle } = harness
  await vendors.receiptsPosted()
  if (ending === 'no answer') vendors.aliyun.noAnswer(contactId)
  else {
    await vendors.aliyun.answer(contactId)
    await vendors.receiptsPosted()
    await idle()
    // What is said after a key takes no time here: the call is over at once.
    if (ending === 'key 1') await vendors.aliyun.press(contactId, '1')
    else vendors.aliyun.end(contactId, '200008')
  }
  await vendors.receiptsPosted()
}

/** The deadlines behind the call, which have nothing to do any more when they come. */
async function staleMessages(
  phoneHash: string,
  project: string,
  dedupKey: string,
  harness: Harness,
): Promise<EscalationMessage[]> {
  const { status, step } = await harness.incident(project, dedupKey)
  const isStale = (message: EscalationMessage) =>
    message.kind === 'step' ? status !== 'open' || (message.step ?? step) < step : isTo(phoneHash, message)
  return (await delayedMessages(harness)).filter(isStale)
}

function isTo(phoneHash: string, message: EscalationMessage): boolean {
  return 'phoneHash' in message && message.phoneHash === phoneHash
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const end = performance.now() + patienceMs
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`${patienceMs} ms were not enough for ${what}`)
    await wait(5)
  }
}

/** Our own limit and Connect's are two calls a second. */
async function untilFreshSecond(): Promise<void> {
  await wait(1000 - (Date.now() % 1000))
}

/** Makes new instances of the two functions that a phone attempt needs. */
type Packaged = Record<'page' | 'acknowledge', () => Lambda>

async function packageFunctions(harness: Harness): Promise<Packaged> {
  const packaged = async (name: string) => {
    const bundle = await bundleFunction(root, name, join(harness.dataDir, 'bundles'))
    return () => startLambda(bundle, environmentOf(name, harness), deployed(name).timeoutMs)
  }
  return { page: await packaged('page'), acknowledge: await packaged('acknowledge') }
}

/** The attempt whose sum is the median. */
function middle(attempts: Part[][]): Part[] {
  const sum = (parts: Part[]) => total(parts.map(({ ms }) => ms))
  const sorted = attempts.toSorted((one, other) => sum(one) - sum(other))
  return sorted[Math.floor(sorted.length / 2)] ?? []
}

function total(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
