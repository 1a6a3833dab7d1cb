import type { Peers } from '../../../shared/contracts/peers.ts'
import { type LinkAnswer, takeLink } from '../../../shared/engine/answers/take-link.ts'
import type { EngineIo } from '../../../shared/engine/io.ts'
import { answerPeer } from '../../../shared/engine/regions/answer-peer.ts'
import { dispatchToDuty } from '../../../shared/engine/regions/duty.ts'
import type { KnownRegion } from '../../../shared/engine/regions/follow-regions.ts'
import { markOf } from '../../../shared/engine/regions/seal.ts'
import { takeEscalation } from '../../../shared/engine/take-escalation.ts'
import { takeEvent } from '../../../shared/engine/take-event.ts'
import { watch } from '../../../shared/engine/watch/watch.ts'
import { LINK_MS, signLink } from '../../../shared/incidents/acknowledge-link.ts'
import type { Said } from '../../../shared/incidents/duty/said.ts'
import { formatReference } from '../../../shared/incidents/reference.ts'
import { canaryIn } from '../../../shared/store/canary.ts'
import { readDuty } from '../../../shared/store/duty.ts'
import { readTimeline } from '../../../shared/store/incidents.ts'
import { readSilences } from '../../../shared/store/silences.ts'
import { at } from '../../messages/notices.ts'
import { logNothing } from '../../store/log-nothing.ts'
import { MemoryTable } from '../../store/memory-table.ts'
import { directory, PathWorld, policy } from '../world.ts'
import { lookAtPeers } from './peers-look.ts'

const MINUTE = 60_000

/** One region of several: a path of its own, which may be dead, cut off, or back with a backlog. */
export class Region extends PathWorld {
  /** `dead`: its queues take what comes, and nobody works. `half dead`: whoever is called directly works all the same. */
  state: 'well' | 'half dead' | 'dead' = 'well'
  /** Regions that nothing gets to from here. */
  readonly cutFrom = new Set<string>()
  /** What its events queue has taken, and when that can be read; by the time of the world. */
  readonly inbox: { at: number; sentAt: number; body: unknown; isAlone?: boolean }[] = []
  /** How far its clock is off, ms. */
  skewMs = 0
  /** Its function `peer` answers nobody. */
  isMute = false
  secret = 'secret'
  version = '1'
  /** How far its functions' clock is ahead of its queues', ms. */
  functionsAheadMs = 0
  /** Each call by whom and when it was placed; by the time of the world. */
  readonly rang: { who: string; at: number }[] = []
  /** Each region that was asked. */
  readonly questions: string[] = []
  readonly name: string
  private readonly deployment: Regions

  constructor(name: string, deployment: Regions) {
    super()
    this.name = name
    this.deployment = deployment
  }

  /** Who has duty, as this region knows it. */
  readonly duty = new MemoryTable()

  override io(changes: Partial<EngineIo> = {}): EngineIo {
    const { order, guardMs } = this.deployment
    const said = async () => (await readDuty(this.duty))?.said
    return { ...super.io(changes), place: { own: this.name, order, guardMs }, regions: this.duty, said }
  }

  /** Somebody says here who is to have duty. */
  async say(said: Omit<Said, 'at' | 'by'>): Promise<void> {
    const { order } = this.deployment
    const event = {
      type: 'said',
      said: { ...said, at: this.now, by: 'lin' },
      place: { own: this.name, order },
    } as const
    await dispatchToDuty({ event }, this.io())
  }

  /** What watch reads here, of its own region or of another. */
  known(isOwn = false): KnownRegion {
    const here = <T>(value: () => T) => {
      if (!isOwn && (this.state === 'dead' || this.cutFrom.size > 0)) throw new Error('no answer in time')
      return value()
    }
    return {
      region: this.name,
      silences: async () => here(() => readSilences({ incidents: this.incidents, log: logNothing })),
      swaps: async () => [],
      sessions: async () => [],
      address: async () => undefined,
      people: async () => ({}),
      duty: async () => here(() => readDuty(this.duty)),
      canary: async () => here(() => canaryIn({ incidents: this.incidents })),
    }
  }

  override pageIo(changes: Partial<EngineIo> = {}): EngineIo {
    return { ...super.pageIo(changes), peers: this.peers, marks: { version: this.version, secret: markOf(this.peers) } }
  }

  get peers(): Peers {
    return {
      deployment: 'prod',
      secret: this.secret,
      send: async (to, message) => {
        const other = this.reach(to)
        const { now, lateMs, twice } = this.deployment
        const at = now + other.skewMs + lateMs
        for (const again of twice ? [0, MINUTE] : [0])
          other.queue.push({ at: at + again, message: throughJson(message) })
      },
      ask: async (to, question) => {
        this.questions.push(to)
        const other = this.reach(to)
        // The answer takes the same way back.
        if (other.isMute || other.state === 'dead' || other.cutFrom.has(this.name)) throw new Error('no answer in time')
        return throughJson(await answerPeer(throughJson(question), { ...other.io(), peers: other.peers }))
      },
    }
  }

  private reach(to: string): Region {
    if (this.cutFrom.has(to)) throw new Error('no connection')
    return this.deployment.region(to)
  }

  /** Its events queue takes a message, which can be read after a while; `isAlone`: by whoever sends to no other region. */
  send(body: unknown, afterMs = 0, isAlone = false): void {
    this.inbox.push({ at: this.deployment.now + afterMs, sentAt: this.deployment.now + this.skewMs, body, isAlone })
  }

  /** Has the other regions take what came here alone. */
  private readonly forward = async (body: unknown, takenAt: number): Promise<void> => {
    for (const other of this.deployment.all.filter((one) => one !== this && !this.cutFrom.has(one.name)))
      other.inbox.push({ at: this.deployment.now, sentAt: takenAt, body: throughJson(body) })
  }

  override async alert(action: 'trigger' | 'resolve', changes: Record<string, unknown> = {}): Promise<never[]> {
    const alert = { action, dedupKey: 'web', project: 'pay', summary: 'web is down', ...changes }
    this.send({ v: 1, kind: 'alerts', alerts: [alert] })
    return []
  }

  /** Somebody takes an incident here by a link that this region has sent them. */
  async take(contact = 'lin', key = 'web'): Promise<void> {
    await this.press(this.link(contact, key), contact)
  }

  /** A link that this region sends. */
  link(contact = 'lin', key = 'web'): string {
    const incident = formatReference(this.incident('pay', key))
    return signLink({ incident, contact, expiresAt: this.now + LINK_MS, region: this.name }, 'secret')
  }

  /** Somebody presses a link here, whichever region has sent it. */
  press(link: string, contact = 'lin', more: { button?: 'silence' } = {}): Promise<LinkAnswer> {
    const io = { ...this.io(), peers: this.peers }
    return takeLink(link, { contact, ...more }, [], { secret: 'secret', directory: async () => directory }, io)
  }

  /** A minute's watch. */
  watch(): Promise<void> {
    const sendCanary = async () => this.send({ v: 1, kind: 'canary', clock: this.now + this.functionsAheadMs })
    const { all } = this.deployment
    const others = all.filter((one) => one !== this).map((one) => one.known())
    const regions = { own: this.known(true), others }
    const deps = {
      config: this.config,
      backlog: this.backlog,
      deadLetters: [],
      sendCanary,
      ...(others.length > 0 && { regions }),
    }
    return watch(deps, this.io({ leaseUntil: this.now + 55_000 }))
  }

  /** Takes what is due first of both queues; gives nothing where nothing is. */
  next(end: number): { at: number; take(): Promise<unknown> } | undefined {
    if (this.state !== 'well') return undefined
    const events = this.inbox.map((one) => ({
      at: one.at,
      take: () => {
        this.inbox.splice(this.inbox.indexOf(one), 1)
        return takeEvent(one.body, one.sentAt, this.config, this.io(), one.isAlone ? { forward: this.forward } : {})
      },
    }))
    const steps = this.queue.map((one) => ({
      at: one.at - this.skewMs,
      take: () => {
        this.queue.splice(this.queue.indexOf(one), 1)
        return this.page(one.message)
      },
    }))
    return [...events, ...steps].filter((one) => one.at <= end).toSorted((a, b) => a.at - b.at)[0]
  }

  override async page(message: unknown): Promise<void> {
    const before = this.placed.length
    await takeEscalation(message, this.gateway(), this.pageIo())
    for (const { phone } of this.placed.slice(before)) this.rang.push({ who: whose(phone), at: this.deployment.now })
  }

  get called(): string[] {
    return this.rang.map(({ who }) => who)
  }

  async duties(key = 'web'): Promise<string[]> {
    const lines = await readTimeline({ project: 'pay', groupKey: key }, { incidents: this.incidents, log: logNothing })
    return lines.flatMap((line) => (line.kind === 'duty' ? [`${line.region} ${line.why}`] : []))
  }
}

/** All regions of a deployment: what is due is taken in the order of its time, and watch looks each minute. */
export class Regions {
  readonly order: string[]
  readonly guardMs = MINUTE
  readonly all: Region[]
  now = at('02:12')
  /** How long a word is on its way, ms, and whether it comes a second time a minute later. */
  lateMs = 0
  twice = false
  /** Nobody calls watch in any region: no canary is sent. */
  isUnwatched = false
  private watchedAt = at('02:12')

  constructor(...order: string[]) {
    this.order = order
    this.all = order.map((name) => new Region(name, this))
    this.setTime(this.now)
  }

  region(name: string): Region {
    const found = this.all.find((one) => one.name === name)
    if (found === undefined) throw new Error(`There is no region ${name}`)
    return found
  }

  /** The default policy of every region has these changes. */
  setPolicy(changes: Parameters<typeof policy>[0]): void {
    for (const { config } of this.all) config.policies.default = policy(changes)
  }

  /** All others are none of the deployment any more: nobody looks at regions, or at duty. */
  leave(region: Region): void {
    this.order.splice(0, this.order.length, region.name)
    this.all.splice(0, this.all.length, region)
  }

  /** Nothing gets from any region to another. */
  cut(): void {
    for (const { cutFrom } of this.all) for (const name of this.order) cutFrom.add(name)
  }

  /** Everything gets through again. */
  meet(): void {
    for (const { cutFrom } of this.all) cutFrom.clear()
  }

  /** The same alert comes to every region by itself. */
  async alert(action: 'trigger' | 'resolve', changes: Record<string, unknown> = {}): Promise<void> {
    for (const region of this.all) await region.alert(action, changes)
  }

  async until(time: string | number): Promise<this> {
    const end = typeof time === 'number' ? time : at(time)
    for (let taken = 0; taken < 20_000; taken++) {
      const due = this.all.flatMap((region) => region.next(end) ?? []).toSorted((a, b) => a.at - b.at)[0]
      const next = this.watchedAt + MINUTE
      if (next <= Math.min(end, due?.at ?? end)) {
        this.watchedAt = next
        this.setTime(next)
        for (const region of this.all.filter(({ state }) => state === 'well' && !this.isUnwatched)) {
          await region.watch()
          if (this.all.length > 1) await lookAtPeers(region, this.all)
        }
        continue
      }
      this.setTime(due?.at ?? end)
      if (due === undefined) return this
      await due.take()
    }
    throw new Error('The regions do not come to rest')
  }

  private setTime(time: number): void {
    this.now = Math.max(this.now, time)
    for (const region of this.all) region.now = this.now + region.skewMs
  }
}

/** Two regions at 02:15, the first of which pages. */
export async function twoRegions(): Promise<{ regions: Regions; a: Region; b: Region }> {
  const regions = new Regions('ap-southeast-1', 'ap-northeast-1')
  await regions.until('02:15')
  return { regions, a: regions.region('ap-southeast-1'), b: regions.region('ap-northeast-1') }
}

function whose(phone: string): string {
  return Object.entries(directory.contacts).find(([, one]) => one.phone === phone)?.[0] ?? phone
}

function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}
