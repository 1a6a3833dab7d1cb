import { connectKeys } from '../../shared/channels/connect/keys.ts'
import { callInputOf, contactEventOf } from '../../shared/channels/registry.calls.ts'
import { vendorGateway } from '../../shared/delivery/vendor-gateway.ts'
import type { GatewayDeps } from '../../shared/delivery/vendors.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { takeContactEvent } from '../../shared/engine/take-contact-event.ts'
import { takeEscalation } from '../../shared/engine/take-escalation.ts'
import { takeEvent } from '../../shared/engine/take-event.ts'
import { answerCall } from '../../shared/engine/take-key.ts'
import { watch } from '../../shared/engine/watch.ts'
import { MemoryTable } from '../store/memory-table.ts'
import { type Faults, isWithin } from './faults.ts'
import type { Phones, Ring } from './phones.ts'
import { SimulatedQueue } from './queue.ts'
import type { Setting } from './setting.ts'
import { storeOf } from './store.ts'
import type { Texts } from './texts.ts'
import { Process, Trouble, type World } from './world.ts'

/** A part of the mechanism that is taken away, to show that the simulation would notice. */
export type Mutation = 'outbox' | 'version' | 'watch'

const TIMEOUTS = { evaluate: 30_000, page: 15_000, acknowledge: 8_000, watch: 55_000 }
type FunctionName = keyof typeof TIMEOUTS

export const SECRET = 'simulated'

interface CloudOptions {
  world: World
  faults: Faults
  setting: Setting
  texts: Texts
  phones(): Phones
  mutation?: Mutation | undefined
}

/** All handlers with the real state module, and the queues and tables between them. */
export class Cloud {
  readonly incidents = new MemoryTable()
  readonly checks = new MemoryTable()
  readonly events: SimulatedQueue
  readonly escalation: SimulatedQueue
  readonly log: string[] = []
  readonly errors: unknown[] = []
  private readonly options: CloudOptions
  private readonly pages = new WeakMap<Process, { deps: GatewayDeps; io: EngineIo }>()

  constructor(options: CloudOptions) {
    this.options = options
    const { world, faults, setting, mutation } = options
    this.incidents.checksVersions = mutation !== 'version'
    this.checks.checksVersions = mutation !== 'version'
    this.events = new SimulatedQueue({
      world,
      visibilityMs: 40_000,
      duplicates: faults.trouble / 2,
      start: () => this.start('evaluate'),
      handle: (body, sentAt, process) => this.told(takeEvent(body, sentAt, setting.config, this.io(process))),
    })
    this.escalation = new SimulatedQueue({
      world,
      visibilityMs: 20_000,
      duplicates: faults.trouble / 2,
      start: () => this.start('page'),
      handle: (body, _, process) => {
        const { deps, io } = this.pageOf(process)
        return this.told(takeEscalation(body, deps, io))
      },
    })
  }

  /** One invocation of a function that no queue calls. */
  invoke(name: FunctionName, work: (io: EngineIo) => Promise<unknown>): Promise<void> {
    return this.told(work(this.io(this.start(name))))
  }

  /** A minute's watch. */
  watch(): void {
    const { world, faults, setting, mutation } = this.options
    if (mutation === 'watch' || isWithin(faults.watchRests, world.now)) return
    void this.invoke('watch', (io) =>
      watch({ config: setting.config, backlog: async () => this.escalation.ready, deadLetters: [] }, io),
    ).catch(() => {})
  }

  /** What EventBridge brings of a call. */
  contactEvent(event: Record<string, unknown>): void {
    const meaning = contactEventOf(event)
    if (meaning === undefined) throw new Error(`no contact event: ${JSON.stringify(event)}`)
    if (meaning !== 'ignored') void this.invoke('acknowledge', (io) => takeContactEvent(meaning, io)).catch(() => {})
  }

  /** What the contact flow asks. */
  contactFlow(ring: Ring, parameters: Record<string, string>): void {
    const attributes = { phoneHash: ring.phoneHash, seq: String(ring.seq), language: 'en' }
    const input = callInputOf({
      Name: 'ContactFlowEvent',
      Details: { ContactData: { ContactId: ring.contactId, Attributes: attributes }, Parameters: parameters },
    })
    if (input === undefined) throw new Error(`no question of a flow: ${JSON.stringify(parameters)}`)
    void this.invoke('acknowledge', (io) => answerCall(input, io, new AbortController().signal))
  }

  /** The directory of a project, as a function reads it. */
  async directory(project: string, process?: Process) {
    const { setting } = this.options
    const read = () => (setting.config.projects[project] ? setting.directory : undefined)
    return process === undefined ? read() : process.step(read)
  }

  private start(name: FunctionName): Process {
    const { world, faults } = this.options
    return new Process(world, TIMEOUTS[name], faults)
  }

  private io(process: Process): EngineIo {
    const { world, faults, mutation } = this.options
    const forgetsOutbox = mutation === 'outbox'
    return {
      incidents: storeOf(this.incidents, process, faults, forgetsOutbox),
      checks: storeOf(this.checks, process, faults, forgetsOutbox),
      now: () => process.clock(),
      token: () => String(world.random()),
      leaseUntil: process.clock(process.endsAt) + 200,
      escalate: (message, delayMs) =>
        process.step(() => {
          if (world.chance(faults.refusals)) throw new Trouble('ServiceUnavailable')
          this.escalation.send(message, delayMs)
        }),
      log: (entry) => this.log.push(`${world.now} ${JSON.stringify(entry)}`),
    }
  }

  /** What all messages of a batch have in common. */
  private pageOf(process: Process): { deps: GatewayDeps; io: EngineIo } {
    const known = this.pages.get(process)
    if (known !== undefined) return known
    const deps = this.depsOf(process)
    const io = this.io(process)
    const page = { deps, io: { ...io, gateway: vendorGateway(deps)(io) } }
    this.pages.set(process, page)
    return page
  }

  private depsOf(process: Process): GatewayDeps {
    const { setting, texts } = this.options
    const phones = this.options.phones()
    return {
      config: setting.config,
      directory: (project) => this.directory(project, process),
      phoneHashOf: (phone) => `person-${phone}`,
      channels: { robot: texts.robot(process), texts: texts.texts(process), smtp: texts.mails(process) },
      voiceRoutes: {
        simulated: {
          type: 'simulated',
          keys: connectKeys,
          limits: { perSecond: 2 },
          rateKey: () => 'phones',
          place: (call) => phones.place(call, process),
          stop: (contactId) => phones.stop(contactId, process),
        },
      },
      env: {},
      fetch,
      secret: SECRET,
      linkBase: undefined,
    }
  }

  /** Remembers why a handler rejected. */
  private async told(work: Promise<unknown>): Promise<void> {
    try {
      await work
    } catch (error) {
      this.errors.push(error)
      throw error
    }
  }
}
