import { contactEvent, readContactEvent } from '../../services/acknowledge/contact-event.ts'
import { answerFlow, contactFlowEvent } from '../../services/acknowledge/flow.ts'
import { takeEvent } from '../../services/evaluate/evaluate.ts'
import type { HandsDeps } from '../../services/page/deps.ts'
import { pageHands } from '../../services/page/hands.ts'
import { takeEscalation } from '../../services/page/page.ts'
import { watch } from '../../services/watch/watch.ts'
import type { Channel, Message } from '../../shared/channels/channel.ts'
import type { CompiledConfig } from '../../shared/config/compiled.ts'
import type { Desk } from '../../shared/escalation/desk.ts'
import type { Incident, TimelineEntry } from '../../shared/incidents/incident.ts'
import { parseReference } from '../../shared/incidents/reference.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { actOnIncident } from '../../shared/path/acts.ts'
import { takeContactEvent } from '../../shared/path/contacts.ts'
import { incidentOfNumber, readTimeline } from '../../shared/path/incidents.ts'
import type { PathIo } from '../../shared/path/io.ts'
import type { Row, Table } from '../../shared/state/table.ts'
import { MemoryTable } from '../state/memory-table.ts'
import { type Habit, type Mood, Phones } from './phones.ts'
import { SimulatedQueue } from './queue.ts'
import { Process, World } from './world.ts'

/** A part of the mechanism that is taken away, to show that the simulation would notice. */
export type Mutation = 'outbox' | 'version' | 'watch'

/** A text on its way to a robot. */
export interface Told {
  at: number
  chat: string
  kind: Message['notice']['kind']
  incident: string
  /** The state change it speaks of. */
  change: number
  repeat: boolean
  /** False: the vendor gave no answer and did nothing. */
  arrived: boolean
}

export interface Outcome {
  seed: number
  world: World
  /** Nothing crashes and nobody fails in this one. */
  calm: boolean
  incidents: Incident[]
  rings: Phones['rings']
  requests: Phones['requests']
  told: Told[]
  /** What the timelines say of texts whose answer was lost twice: `project#generation#key kind`. */
  uncertain: Set<string>
  accepted: { project: string; dedupKey: string }[]
  acknowledgedAt: Map<string, number>
  /** Incidents taken by a function that died before it called the calls off. */
  abandoned: Set<string>
  leftOutboxes: string[]
  /** The history of each incident, all generations, by project and key. */
  timelines: Map<string, TimelineEntry[]>
  /** Numbers that lead to their incident. */
  numbers: Set<number>
  /** Resolved incidents that would be kept for ever. */
  everlasting: string[]
  errors: unknown[]
  log: string[]
  endedAt: number
}

const people = ['lin', 'wang', 'chen']
const directory: Directory = {
  contacts: Object.fromEntries(people.map((name, index) => [name, { name, phone: `+861380000000${index + 1}` }])),
  schedules: {},
  overrides: [],
}

const policy: CompiledConfig['policies'][string] = {
  layers: [
    { page: ['lin'], calls: 2, ackTimeoutMs: 180_000 },
    { page: ['wang', 'lin'], calls: 1, ackTimeoutMs: 120_000 },
    { page: ['chen'], calls: 1, ackTimeoutMs: 120_000 },
  ],
  rounds: 2,
  repeatEveryMs: 1_800_000,
  acknowledgeOn: 'key',
  channels: { critical: ['phone', 'chat'], error: ['chat'], warning: ['chat'], info: [] },
}

const project = (name: string): CompiledConfig['projects'][string] => ({
  name,
  title: name,
  policy: 'default',
  chat: ['robot'],
  severity: 'critical',
})

const configured = (policy: CompiledConfig['policies'][string]): CompiledConfig => ({
  language: 'en',
  timezone: 'UTC',
  vantages: {},
  groups: {},
  projects: { pay: project('pay'), shop: project('shop'), fenghuo: project('fenghuo') },
  policies: { default: policy },
  channels: {
    phone: { name: 'phone', type: 'phone', settings: { routes: [{ to: '+', type: 'simulated', settings: {} }] } },
    robot: { name: 'robot', type: 'robot', settings: {} },
  },
  checks: [],
})

const TIMEOUTS = { evaluate: 30_000, page: 15_000, acknowledge: 8_000, watch: 55_000 }
const HOUR = 3_600_000

/** Runs one seed to the end: all handlers, the real state module, and a world that does to them whatever it may. */
export async function simulate(seed: number, mutation?: Mutation): Promise<Outcome> {
  const world = new World(seed)
  const table = new MemoryTable()
  const checks = new MemoryTable()
  table.checksVersions = mutation !== 'version'
  checks.checksVersions = mutation !== 'version'
  // Some worlds are calm, some are cruel.
  const crashes = world.pick([0, 0.002, 0.01, 0.03])
  const trouble = world.pick([0, 0.1, 0.25])
  // A write whose answer got lost is repeated by the SDK, and then meets itself: it looks like somebody else's.
  const lostAnswers = world.pick([0, 0.02])
  // Connect may take seconds to answer: the time in which an acknowledgement meets a call that nobody knows yet.
  const slowness = world.pick([0, 0, 5_000])
  const acknowledgeOn = world.pick(['key', 'key', 'key', 'answer'] as const)
  const config = configured({ ...policy, acknowledgeOn })
  const log: string[] = []
  const errors: unknown[] = []
  const told: Told[] = []
  const acknowledgedAt = new Map<string, number>()

  const habits = new Map<string, () => Habit>()
  const usual: Habit[] = ['no answer', 'busy', 'voicemail', 'presses 1', 'presses 9', 'listens in silence']
  const neverAnswers = world.chance(0.25)
  const phones = new Phones({
    world,
    habit: (person) =>
      habits.get(person)?.() ?? (neverAnswers ? world.pick(['no answer', 'voicemail']) : world.pick(usual)),
    mood: (): Mood =>
      world.chance(trouble)
        ? world.pick(['throttles', 'refuses', 'loses the answer', 'fails without calling'])
        : 'places',
    answersAfter: (ring) => {
      const after = Math.floor(world.random() * slowness)
      for (const { incident } of ring?.about ?? [])
        if (world.chance(slowness > 0 ? 0.1 : 0)) take(incident, Math.floor(world.random() * after))
      return after
    },
    lostEvents: trouble,
    duplicatedEvents: trouble,
    about: (person) => deskOf(table, person)?.call?.about.map(({ incident, step }) => ({ incident, step })) ?? [],
    event: (event) => invoke('acknowledge', (io) => takeEventOfContact(event, io)),
    flow: (ring, parameters) => {
      const attributes = { person: ring.person, seq: String(ring.seq), language: 'en' }
      const event = contactFlowEvent.parse({
        Name: 'ContactFlowEvent',
        Details: { ContactData: { ContactId: ring.contactId, Attributes: attributes }, Parameters: parameters },
      })
      // Connect calls again when the function failed, up to three times within its 8 s.
      const call = (left: number) =>
        invoke('acknowledge', async (io) => {
          const answer = await answerFlow(event, io)
          if (answer.result === 'failed' && left > 0) world.after(2_000, () => call(left - 1))
        })
      call(2)
    },
  })

  function ioOf(process: Process): PathIo {
    return {
      incidents: stepped(table, process, { forgetsOutbox: mutation === 'outbox', lostAnswers, refusals: trouble / 5 }),
      checks: stepped(checks, process, { forgetsOutbox: mutation === 'outbox', lostAnswers, refusals: 0 }),
      now: () => world.now,
      token: () => String(world.random()),
      leaseUntil: process.endsAt + 200,
      escalate: (message, delayMs) => process.step(() => escalation.send(message, delayMs)),
      log: (entry) => log.push(`${world.now} ${JSON.stringify(entry)}`),
    }
  }

  function invoke(
    name: keyof typeof TIMEOUTS,
    work: (io: PathIo, process: Process) => Promise<unknown>,
  ): Promise<void> {
    const process = new Process(world, TIMEOUTS[name], crashes)
    return work(ioOf(process), process).then(
      () => {},
      (error: unknown) => {
        errors.push(error)
        throw error
      },
    )
  }

  function handsFor(process: Process): HandsDeps {
    const robot: Channel<unknown> = {
      type: 'robot',
      summary: '',
      settings: undefined as never,
      limits: { maxBytes: 4096 },
      rateKey: () => 'robot',
      send: async ({ notice, repeat }) => {
        const fate = world.chance(trouble) ? world.pick(['retry', 'unknown', 'unknown but sent'] as const) : 'sent'
        await process.step(() => {
          if (fate === 'retry') return
          told.push({
            at: world.now,
            chat: 'robot',
            kind: notice.kind,
            incident: notice.incident,
            change: notice.at,
            repeat,
            arrived: fate !== 'unknown',
          })
        })
        if (fate === 'sent') return { status: 'sent' }
        if (fate === 'retry') return { status: 'retry', afterMs: 5_000, reason: 'busy' }
        return { status: 'unknown', reason: 'reset' }
      },
    }
    return {
      config,
      directory: (name) => process.step(() => (config.projects[name] ? directory : undefined)),
      personOf: (phone) => `person-${phone}`,
      channels: { robot },
      voiceRoutes: {
        simulated: {
          type: 'simulated',
          summary: '',
          settings: undefined as never,
          place: (call) => phones.place(call, process),
          stop: (contactId) => phones.stop(contactId, process),
        },
      },
      env: {},
      fetch,
      secret: 'simulated',
      linkBase: undefined,
    }
  }

  const escalation = new SimulatedQueue(world, {
    visibilityMs: 20_000,
    duplicates: trouble / 2,
    handle: (body) =>
      invoke('page', (io, process) => {
        const deps = handsFor(process)
        return takeEscalation(body, deps, { ...io, hands: pageHands(deps)(io) })
      }),
  })
  const events = new SimulatedQueue(world, {
    visibilityMs: 40_000,
    duplicates: trouble / 2,
    handle: (body, sentAt) => invoke('evaluate', (io) => takeEvent(body, sentAt, config, io)),
  })

  /** Somebody takes an incident after a while, ms. Some functions do not live to call the calls off. */
  const abandoned = new Set<string>()
  function take(incident: string, afterMs: number): void {
    const { generation, ...of } = parseReference(incident)
    const by = { contact: 'chen', name: 'chen' }
    const event = { type: 'acknowledge', generation, how: 'cli', by } as const
    const dies = world.chance(0.3)
    if (dies) abandoned.add(incident)
    world.after(afterMs, () => {
      const work = (io: PathIo) =>
        actOnIncident(of, { event }, dies ? { ...io, incidents: withoutDesks(io.incidents) } : io)
      void invoke('acknowledge', work).catch(() => {})
    })
  }

  const accepted: Outcome['accepted'] = []
  const count = 1 + Math.floor(world.random() * 4)
  for (let index = 0; index < count; index++) {
    const alert = {
      project: world.pick(['pay', 'shop']),
      dedupKey: `check-${index}`,
      summary: 'broken',
      severity: 'critical',
    }
    accepted.push({ project: alert.project, dedupKey: alert.dedupKey })
    const at = Math.floor(world.random() * 90_000)
    const send = (action: string, delay: number, changes: { summary?: string } = {}) =>
      world.after(delay, () =>
        events.send({ v: 1, kind: 'alerts', alerts: [{ ...alert, ...changes, action, at: world.now }] }, 0),
      )
    send('trigger', at)
    if (world.chance(0.3)) send('trigger', at + 20_000)
    // It says something else all the time: lines of the history that nothing else follows from.
    if (world.chance(0.1))
      for (let more = 1; more <= 40; more++)
        send('trigger', at + 100_000 + more * world.pick([50, 1_000]), { summary: `broken ${more}` })
    if (world.chance(0.35)) send('resolve', at + 30_000 + Math.floor(world.random() * 600_000))
    if (world.chance(0.15))
      take(`${alert.project}#1#${alert.dedupKey}`, at + 40_000 + Math.floor(world.random() * 200_000))
  }

  let watches = 0
  const tick = () => {
    if (mutation !== 'watch') void invoke('watch', (io) => watch({ config, deadLetters: [] }, io)).catch(() => {})
    watches++
    world.after(60_000, tick)
  }
  world.after(1_000, tick)

  // When an acknowledgement or the end is written is what "afterwards" is measured from.
  const put = table.putIfVersion.bind(table)
  table.putIfVersion = async (row, expected) => {
    const ok = await put(row, expected)
    if (ok && row.pk.startsWith('incident#') && row.state !== undefined) {
      const incident = JSON.parse(row.state) as Incident
      const name = `${incident.project}#${incident.generation}#${incident.groupKey}`
      if (incident.status !== 'open' && !acknowledgedAt.has(name)) acknowledgedAt.set(name, world.now)
    }
    return ok
  }

  const start = world.now
  let quietSince = 0
  await world.run(start + 3 * HOUR, () => {
    if (watches === quietSince || watches < 12) return false
    quietSince = watches
    return (
      events.waiting === 0 &&
      escalation.waiting === 0 &&
      incidentsOf(table).every(isSettled) &&
      outboxes(table).length === 0
    )
  })
  const incidents = incidentsOf(table)
  const timelines: Outcome['timelines'] = new Map()
  const numbers: Outcome['numbers'] = new Set()
  for (const incident of incidents) {
    const { project, groupKey, number } = incident
    timelines.set(`${project}#${groupKey}`, await readTimeline({ project, groupKey }, table))
    const found = await incidentOfNumber(number, table)
    if (found?.project === project && found.groupKey === groupKey) numbers.add(number)
  }
  return {
    seed,
    world,
    calm: crashes + trouble + lostAnswers === 0,
    incidents,
    timelines,
    numbers,
    everlasting: everlasting(table),
    rings: phones.rings,
    requests: phones.requests,
    told,
    uncertain: uncertainTexts(table),
    accepted,
    acknowledgedAt,
    abandoned,
    leftOutboxes: outboxes(table),
    errors,
    log,
    endedAt: world.now - start,
  }
}

async function takeEventOfContact(event: Record<string, unknown>, io: PathIo): Promise<void> {
  const meaning = readContactEvent(contactEvent.parse(event))
  if (meaning !== undefined) await takeContactEvent(meaning, io)
}

/** Every access to the table is a step of the process. Without outboxes what is not delivered at once is lost. */
function stepped(
  table: MemoryTable,
  process: Process,
  { forgetsOutbox, lostAnswers, refusals }: { forgetsOutbox: boolean; lostAnswers: number; refusals: number },
): Table {
  const kept = (row: Row & { version: number }) => {
    if (!forgetsOutbox) return row
    const { outbox, dueAt, ...rest } = row
    return rest
  }
  return {
    get: (key) => process.step(() => table.get(key)),
    getMany: (keys) => process.step(() => table.getMany(keys)),
    query: (pk, prefix) => process.step(() => table.query(pk, prefix)),
    putIfVersion: (row, expected) =>
      process.step(async () => {
        const isMine = await table.putIfVersion(kept(row), expected)
        return isMine && !process.world.chance(lostAnswers)
      }),
    put: async (rows) => {
      // A batch is no transaction: a part of it may be all that is written.
      const half = Math.floor(process.world.random() * rows.length)
      await process.step(() => table.put(rows.slice(0, half)))
      if (process.world.chance(refusals)) throw new Error('ProvisionedThroughputExceededException')
      await process.step(() => table.put(rows.slice(half)))
    },
    count: (key, options) => process.step(() => table.count(key, options)),
    due: (at, limit) => process.step(() => table.due(at, limit)),
    listed: (name, limit) => process.step(() => table.listed(name, limit)),
  }
}

/** Of a process that dies when it turns from an incident to a desk. */
function withoutDesks(table: Table): Table {
  return { ...table, get: (key) => (key.pk.startsWith('desk#') ? new Promise(() => {}) : table.get(key)) }
}

function incidentsOf(table: MemoryTable): Incident[] {
  return [...table.rows.values()].flatMap((row) =>
    row.pk.startsWith('incident#') && row.sk === 'state' && row.state !== undefined
      ? [JSON.parse(row.state) as Incident]
      : [],
  )
}

function everlasting(table: MemoryTable): string[] {
  return [...table.rows.values()].flatMap((row) => {
    if (!row.pk.startsWith('incident#') || row.sk !== 'state' || row.state === undefined) return []
    const { status } = JSON.parse(row.state) as Incident
    return status === 'resolved' && row.expiresAt === undefined ? [row.pk] : []
  })
}

function uncertainTexts(table: MemoryTable): Set<string> {
  const names = new Set<string>()
  for (const row of table.rows.values()) {
    const entry =
      row.sk.startsWith('t#') && row.state !== undefined ? (JSON.parse(row.state) as TimelineEntry) : undefined
    if (entry?.kind !== 'message' || entry.status !== 'unknown') continue
    const [, project, groupKey] = row.pk.split('#')
    names.add(`${project}#${entry.generation}#${groupKey} ${entry.what}`)
  }
  return names
}

function deskOf(table: MemoryTable, person: string): Desk | undefined {
  const row = table.rows.get(`desk#${person}\nstate`)
  return row?.state === undefined ? undefined : (JSON.parse(row.state) as Desk)
}

function outboxes(table: MemoryTable): string[] {
  return [...table.rows.values()].flatMap((row) => (row.outbox === undefined ? [] : [`${row.pk}: ${row.outbox}`]))
}

/**
 * Whether an incident has come to an end, or been through all rounds and, after the pause, everybody once more. That pause is
 * longer than the queue can delay a message: only watch knows when it is over.
 */
export function isSettled({ status, escalation }: Incident): boolean {
  return status !== 'open' || (escalation.phase === 'exhausted' && escalation.round > policy.rounds)
}
