import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { contactFlowId } from '../local/resources.ts'
import type { EscalationMessage } from '../shared/contracts/step.ts'
import { phoneHashOf } from '../shared/incidents/acknowledge-link.ts'
import { type Arena, inArena, root } from './arena.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { type Crew, makeCrews } from './crew.ts'
import { delayedMessages, eventOf, messagesOf } from './escalation-queue.ts'
import { bundleFunction, type Invoked, type Lambda, startLambda } from './lambda.ts'
import { seedMs } from './seed.ts'

/** How long every vendor takes to answer. */
const latencyMs = 50

/** Warm attempts of a run; its figure is their median. */
const warmAttempts = 5

/** A cold attempt, further ones until no instance is new, the warm ones, and one of each other ending. */
const attemptsPerRun = warmAttempts + 5

export const phoneAttempt: Benchmark = {
  name: 'phone-attempt',
  summary: 'handler time that one phone attempt causes, against the 65 s that the seed slept',
  goals: { warmMs: 300, coldMs: 1500 },
  async measure(runs, progress) {
    const crews = makeCrews(runs * attemptsPerRun, {
      name: 'crew',
      from: 1,
      layers: 2,
      projects: 1,
      channels: ['phone', 'sms', 'chat'],
      ackTimeout: '5m',
    })
    return inArena(crews, latencyMs, async (arena) => {
      const packaged = await packageFunctions(arena)
      const measured: Run[] = []
      for (let run = 1; run <= runs; run++) {
        progress(`run ${run} of ${runs}`)
        measured.push(await measureRun(arena, crews, packaged))
      }
      return measured
    })
  },
}

type Ending = 'no answer' | 'no key' | 'key 1'

/** One invocation that an attempt caused. */
interface Part extends Invoked {
  kind: 'call' | 'contact-event' | 'flow' | 'step' | 'late'
}

async function measureRun(arena: Arena, crews: Crew[], packaged: Packaged): Promise<Run> {
  const lambdas = { page: packaged.page(), acknowledge: packaged.acknowledge() }
  const next = () => {
    const crew = crews.shift()
    if (crew === undefined) throw new Error('new instances were needed again and again: nothing is ever warm')
    return crew
  }
  try {
    const cold = await attempt('no key', arena, next(), lambdas)
    let first: Part[]
    do first = await attempt('no key', arena, next(), lambdas)
    while (first.some((part) => part.cold))
    const attempts = [first]
    while (attempts.length < warmAttempts) attempts.push(await attempt('no key', arena, next(), lambdas))
    const warm = middle(attempts)
    const unanswered = await attempt('no answer', arena, next(), lambdas)
    const acknowledged = await attempt('key 1', arena, next(), lambdas)
    const ofKind = (kind: Part['kind']) => total(warm.filter((part) => part.kind === kind).map(({ ms }) => ms))
    const [warmMs, coldMs] = [total(warm.map(({ ms }) => ms)), total(cold.map(({ ms }) => ms))]
    return {
      figures: {
        warmMs,
        firstWarmMs: total(first.map(({ ms }) => ms)),
        callMs: ofKind('call'),
        contactEventsMs: ofKind('contact-event'),
        flowMs: ofKind('flow'),
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
  arena: Arena,
  { phones: [phone = ''], projects: [project = ''] }: Crew,
  lambdas: Record<'page' | 'acknowledge', Lambda>,
): Promise<Part[]> {
  const person = phoneHashOf(phone, arena.secret)
  const parts: Part[] = []
  const others = new Set<string>()
  let begun = false

  const { page, acknowledge } = arena.hosts
  if (page === undefined || acknowledge === undefined) throw new Error('the stack lacks a function')
  const counted = (lambda: Lambda, kind: Part['kind']) => async (event: unknown) => {
    const invoked = await lambda.invoke(event)
    parts.push({ kind, ...invoked })
    return invoked.answer
  }
  arena.hosts.page = async (event) => {
    const [message, ...more] = messagesOf(event)
    if (message === undefined || more.length > 0) throw new Error('one message at a time was expected')
    if (message.kind !== 'step' && message.phoneHash !== person) {
      others.add(message.phoneHash)
      return undefined
    }
    begun ||= message.kind !== 'step'
    return begun ? counted(lambdas.page, message.kind === 'step' ? 'step' : 'call')(event) : page(event)
  }
  arena.hosts.acknowledge = (event) => {
    const isFlow = (event as { Name?: string }).Name !== undefined
    return counted(lambdas.acknowledge, isFlow ? 'flow' : 'contact-event')(event)
  }

  await untilFreshSecond()
  const ringing = arena.vendors.rings(phone)
  await arena.alert(project, ending)
  const { call } = await ringing
  await arena.idle()
  await play(ending, call.contactId, arena)
  await arena.vendors.connect.delivered()
  await arena.idle()
  for (const message of await staleMessages(person, project, ending, arena))
    await counted(lambdas.page, 'late')(eventOf(message))

  Object.assign(arena.hosts, { page, acknowledge })
  const goesOn = ending !== 'key 1'
  if (others.size !== (goesOn ? 1 : 0)) throw new Error(`${others.size} others were to be called after ${ending}`)
  await arena.settle(project, ending)
  return parts
}

async function play(ending: Ending, contactId: string, { vendors: { connect }, idle }: Arena): Promise<void> {
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

/** The deadlines behind the call, which have nothing to do any more when they come. */
async function staleMessages(
  person: string,
  project: string,
  dedupKey: string,
  arena: Arena,
): Promise<EscalationMessage[]> {
  const { status, step } = await arena.incident(project, dedupKey)
  const isStale = (message: EscalationMessage) =>
    message.kind === 'step' ? status !== 'open' || message.step < step : isTo(person, message)
  return (await delayedMessages(arena)).filter(isStale)
}

function isTo(person: string, message: EscalationMessage): boolean {
  return message.kind !== 'step' && message.phoneHash === person
}

/** Our own limit and Connect's are two calls a second. */
async function untilFreshSecond(): Promise<void> {
  await wait(1000 - (Date.now() % 1000))
}

/** Makes new instances of the two functions that a phone attempt needs. */
type Packaged = Record<'page' | 'acknowledge', () => Lambda>

async function packageFunctions(arena: Arena): Promise<Packaged> {
  const { queues, tables, console } = arena.addresses
  const packaged = async (name: string, timeoutMs: number) => {
    const bundle = await bundleFunction(root, name, join(arena.dataDir, 'bundles'))
    const env = {
      ...arena.env,
      FENGHUO_CONFIG: join(arena.dataDir, 'config', `${name}.json`),
      FENGHUO_SECRET: arena.secret,
      ESCALATION_QUEUE_URL: queues.escalation ?? '',
      ESCALATION_DLQ_URL: queues.escalationDlq ?? '',
      CONTACTS_TABLE: tables.contacts ?? '',
      INCIDENTS_TABLE: tables.incidents ?? '',
      CONTACT_FLOW_ID: contactFlowId,
      ACKNOWLEDGE_URL: console,
    }
    return () => startLambda(bundle, env, timeoutMs)
  }
  return { page: await packaged('page', 15_000), acknowledge: await packaged('acknowledge', 8_000) }
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
