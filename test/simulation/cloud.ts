import { aliyunReceipts } from '../../shared/channels/aliyun-voice/receipts.ts'
import { contactEventOf } from '../../shared/channels/voice/calls.ts'
import { redrive } from '../../shared/clouds/aws/dead-letters.ts'
import { FIRST_SENT } from '../../shared/clouds/aws/first-sent.ts'
import type { CallAnswer } from '../../shared/contracts/call-input.ts'
import type { RejectionFact } from '../../shared/contracts/rejection.ts'
import { vendorGateway } from '../../shared/delivery/vendor-gateway.ts'
import type { GatewayDeps } from '../../shared/delivery/vendors.ts'
import { takeContactEvent } from '../../shared/engine/answers/take-contact-event.ts'
import { answerCall } from '../../shared/engine/answers/take-key.ts'
import { takeReceipts } from '../../shared/engine/answers/take-receipts.ts'
import { type EngineIo, leaseUntil } from '../../shared/engine/io.ts'
import { answerPeer } from '../../shared/engine/regions/answer-peer.ts'
import { takeEscalation } from '../../shared/engine/take-escalation.ts'
import { takeEvent } from '../../shared/engine/take-event.ts'
import { updateDeadLetters } from '../../shared/engine/watch/own-troubles.ts'
import { watch } from '../../shared/engine/watch/watch.ts'
import { keepCanary } from '../../shared/store/canary.ts'
import { Duty } from './duty.ts'
import { SimulatedTable } from './dynamo.ts'
import { type Faults, isWithin } from './faults.ts'
import { flowInput } from './flow-input.ts'
import type { InRegion } from './in-region.ts'
import type { Ledger } from './ledger.ts'
import type { Logged } from './logged.ts'
import { orphansIn } from './orphans.ts'
import type { Ring } from './phone-world.ts'
import type { Phones } from './phones.ts'
import { SimulatedQueue } from './queue.ts'
import type { Setting } from './setting.ts'
import { queueClient } from './sqs.ts'
import { storeOf } from './store.ts'
import type { Texts } from './texts.ts'
import { gatewayDeps } from './vendors.ts'
import { Process, Trouble, type World } from './world.ts'

const TIMEOUTS = { evaluate: 30_000, page: 15_000, acknowledge: 8_000, watch: 55_000, peer: 8_000 }
type FunctionName = keyof typeof TIMEOUTS

/** An event for which no function can be called comes again after this, ms. */
const AGAIN_MS = 10_000

/** What the acknowledge function leaves of its time for the answer to a flow, ms. */
const LAST_WORDS_MS = 3_500

interface CloudOptions {
  world: World
  faults: Faults
  setting: Setting
  texts: Texts
  ledger: Ledger
  phones(): Phones
  region?: InRegion
}

/** All handlers with the real state module, and the queues and tables between them. */
export class Cloud {
  readonly incidents: SimulatedTable
  readonly checks: SimulatedTable
  /** Who has duty of several regions. */
  readonly duty: Duty
  readonly events: SimulatedQueue
  /** What projects send above their storm limits. */
  readonly overflow: SimulatedQueue
  readonly escalation: SimulatedQueue
  readonly log: Logged[] = []
  readonly errors: unknown[] = []
  /** `half dead`: its queues take what comes, and nobody works on it. `dead`: nobody answers, either. */
  state: 'well' | 'half dead' | 'dead' = 'well'
  private readonly running = new Set<Process>()
  private readonly options: CloudOptions
  private readonly ios = new WeakMap<Process, EngineIo>()
  private readonly pages = new WeakMap<Process, { deps: GatewayDeps; io: EngineIo }>()

  constructor(options: CloudOptions) {
    this.options = options
    const { world, faults, setting, ledger } = options
    const { forgets, duplicates, refusals, maxReceives } = faults
    this.incidents = new SimulatedTable({ world, forgets, wrote: (row) => ledger.wrote(row) })
    this.checks = new SimulatedTable({ world, forgets, wrote: () => {} })
    this.duty = new Duty(options)
    const queue = {
      clientOf: queueClient,
      world,
      duplicates,
      refusals,
      maxReceives,
      now: () => this.clock(),
      isResting: () => this.state !== 'well',
      log: (entry: object) => this.write(entry),
    }
    const evaluate = {
      ...queue,
      visibilityMs: 40_000,
      start: () => this.start('evaluate'),
      rejected: (reason: RejectionFact, process: Process) =>
        updateDeadLetters('events', { reason }, setting.config, this.io(process)),
    }
    this.events = new SimulatedQueue({
      ...evaluate,
      name: 'events',
      handle: (body, sentAt, process) =>
        this.told(takeEvent(body, sentAt, setting.config, this.evaluateOf(process, 'events'))),
    })
    this.overflow = new SimulatedQueue({
      ...evaluate,
      name: 'overflow',
      dead: this.events.dead,
      handle: (body, sentAt, process) =>
        this.told(takeEvent(body, sentAt, setting.config, this.evaluateOf(process, 'overflow'))),
    })
    this.escalation = new SimulatedQueue({
      ...queue,
      name: 'escalation',
      visibilityMs: 20_000,
      start: () => this.start('page'),
      handle: async (body, _, process) => {
        const { deps, io } = this.pageOf(process)
        await this.told(takeEscalation(body, deps, io))
        return []
      },
      rejected: async () => {},
    })
  }

  /** One invocation of a function that no queue calls. What people do by it is told to other regions at once. */
  invoke<T>(name: FunctionName, work: (io: EngineIo, process: Process) => Promise<T>): Promise<T> {
    const process = this.start(name)
    return this.told(work({ ...this.io(process), ...(name === 'acknowledge' && this.peersOf(process)) }, process))
  }

  /** A minute's watch, but for its reads where `isQuiet`; tells whether it has been through everything. Never settles if it dies. */
  watch(isQuiet = false): Promise<boolean> {
    const { world, faults, setting, ledger } = this.options
    if (isWithin(faults.watchRests, world.now) || this.state !== 'well') return Promise.resolve(false)
    const deadLetters = (process: Process) =>
      (['events', 'escalation'] as const).map((name) => ({
        queue: name,
        redrive: () => redrive(this[name].client(process), name, `dead-${name}`),
      }))
    const backlog = async () => this.escalation.ready
    const startedAt = this.clock()
    const isWhole = () => {
      if (isQuiet || faults.indexMisses > 0) return true
      for (const orphan of orphansIn([...this.incidents.rows(), ...this.checks.rows()], startedAt))
        ledger.faults.push(`watch has been through everything, and left ${orphan}`)
      return true
    }
    return this.invoke('watch', async (io, process) => {
      const deps = { config: setting.config, backlog, deadLetters: deadLetters(process), ...this.canaryOf(process) }
      await (isQuiet ? keepCanary(this.clock(), io) : watch(deps, io))
      await this.duty.follow(io, process)
    }).then(isWhole, () => false)
  }

  /** What EventBridge brings of a call. */
  contactEvent(event: Record<string, unknown>): void {
    const meaning = contactEventOf(event)
    if (meaning === undefined) throw new Error(`no contact event: ${JSON.stringify(event)}`)
    if (meaning === 'ignored') return
    // EventBridge tries again for a day.
    if (this.state !== 'well') this.options.world.after(AGAIN_MS, () => this.contactEvent(event))
    else void this.invoke('acknowledge', (io) => takeContactEvent(meaning, io)).catch(() => {})
  }

  /** What Alibaba Cloud posts of its calls. `unavailable`: it is to be posted again. Never settles when the function dies. */
  receipts(posted: object[]): Promise<'taken' | 'unavailable'> {
    return this.invoke('acknowledge', (io) => takeReceipts(JSON.stringify(posted), aliyunReceipts, io))
  }

  /** What the contact flow asks. Never settles when the function dies. */
  contactFlow(ring: Ring, parameters: Record<string, string>): Promise<CallAnswer> {
    const patience = new AbortController()
    this.options.world.after(TIMEOUTS.acknowledge - LAST_WORDS_MS, () => patience.abort())
    return this.invoke('acknowledge', (io) => answerCall(flowInput(ring, parameters), io, patience.signal))
  }

  get everybody(): Setting['directory'] {
    return this.options.setting.directory
  }

  /** The directory of a project, as a function reads it. */
  async directory(project: string, process?: Process) {
    const { setting, faults, world } = this.options
    const read = () => {
      if (isWithin(faults.contactsOutage, world.now)) throw new Trouble('ProvisionedThroughputExceededException')
      return setting.config.projects[project] ? setting.directory : undefined
    }
    return process === undefined ? read() : process.step(read)
  }

  /** Loses the region: whatever runs there is gone. */
  lose(state: 'half dead' | 'dead'): void {
    this.state = state
    if (state === 'dead') for (const process of this.running) process.dead = true
    this.running.clear()
  }

  /** What its own clock shows, UTC ms. */
  clock(): number {
    const { world, region } = this.options
    return world.now + (region?.aheadMs ?? 0)
  }

  private start(name: FunctionName): Process {
    const { world, faults, region } = this.options
    const process = new Process(world, TIMEOUTS[name], faults, region?.aheadMs)
    process.dead = this.state === 'dead'
    if (region !== undefined) this.running.add(process)
    return process
  }

  private canaryOf(process: Process) {
    if (this.options.region === undefined) return {}
    return { sendCanary: () => process.step(() => this.events.send({ v: 1, kind: 'canary' }, 0)) }
  }

  /** Another region's question. Never settles when the function dies. */
  answer(question: unknown): Promise<unknown> {
    return this.invoke('peer', (io, process) => answerPeer(question, { ...io, ...this.peersOf(process) }))
  }

  private peersOf(process: Process) {
    const { region } = this.options
    return region && { peers: region.peers(process) }
  }

  private write(entry: object): void {
    this.log.push({ at: this.options.world.now, entry })
  }

  /** One invocation has one of these, however many messages it takes. */
  private io(process: Process): EngineIo {
    const known = this.ios.get(process)
    if (known !== undefined) return known
    const io = this.newIo(process)
    this.ios.set(process, io)
    return io
  }

  newIo(process: Process): EngineIo {
    const { world, faults, region } = this.options
    return {
      ...(region && { place: region.place }),
      ...this.duty.io(process),
      incidents: storeOf(this.incidents.table, process, faults),
      checks: storeOf(this.checks.table, process, faults),
      now: () => process.clock(),
      token: () => Math.floor(world.random() * 2 ** 52).toString(36),
      leaseUntil: leaseUntil(process.clock(), process.endsAt - world.now),
      escalate: (message, delayMs) =>
        process.step(() => {
          if (isWithin(faults.queueOutage, world.now) || world.chance(faults.refusals))
            throw new Trouble('ServiceUnavailable')
          this.escalation.send(message, delayMs)
        }),
      log: (entry) => this.write(entry),
    }
  }

  /** What all messages of a batch have in common. */
  private evaluateOf(process: Process, from: 'events' | 'overflow'): EngineIo {
    const io = this.io(process)
    io.lanes ??= {
      events: (messages, takenAt) => this.putBack(messages, takenAt, this.events, process),
      ...(from === 'overflow'
        ? {}
        : { overflow: (messages, takenAt) => this.putBack(messages, takenAt, this.overflow, process) }),
    }
    return io
  }

  private putBack(messages: string[], takenAt: number, queue: SimulatedQueue, process: Process): Promise<void> {
    return process.step(() => {
      if (this.options.world.chance(this.options.faults.refusals)) throw new Trouble('ServiceUnavailable')
      for (const message of messages) queue.sendText(message, { [FIRST_SENT]: String(takenAt) }, 0)
    })
  }

  private pageOf(process: Process): { deps: GatewayDeps; io: EngineIo } {
    const known = this.pages.get(process)
    if (known !== undefined) return known
    const directory = (project: string) => this.directory(project, process)
    const deps = gatewayDeps(this.options, directory, process)
    const io = this.io(process)
    const page = { deps, io: { ...io, ...this.peersOf(process), gateway: vendorGateway(deps)(io) } }
    this.pages.set(process, page)
    return page
  }

  /** Remembers why a handler rejected. */
  private async told<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      this.errors.push(error)
      throw error
    }
  }
}
