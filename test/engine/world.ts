import { isDeepStrictEqual } from 'node:util'
import type {
  Answering,
  Call,
  CallEnd,
  Caller,
  Delivery,
  Placed,
  Sender,
  Target,
} from '../../shared/channels/channel.ts'
import { connectKeys } from '../../shared/channels/connect/keys.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import type { Entry } from '../../shared/contracts/machine.ts'
import type { EscalationMessage } from '../../shared/contracts/step.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { vendorGateway } from '../../shared/delivery/vendor-gateway.ts'
import type { GatewayDeps } from '../../shared/delivery/vendors.ts'
import { takeContactEvent } from '../../shared/engine/answers/take-contact-event.ts'
import { incidentEffects } from '../../shared/engine/effects/incident.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { takeEscalation } from '../../shared/engine/take-escalation.ts'
import { takeEvent } from '../../shared/engine/take-event.ts'
import type { Incident, IncidentEffect } from '../../shared/incidents/incident.ts'
import type { Notice } from '../../shared/incidents/notice.ts'
import { summaryIn } from '../../shared/messages/facts.ts'
import type { Message } from '../../shared/messages/message.ts'
import { answerText } from '../../shared/messages/reply-answer.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import type { PhoneLine } from '../../shared/phoneline/phone-line.ts'
import type { TextEnd } from '../../shared/store/sent-texts.ts'
import { at } from '../messages/notices.ts'
import { MemoryTable } from '../store/memory-table.ts'
import { config, directory, phones, policy } from './world-config.ts'

export { config, directory, phones, policy }

/** What a message tells: of one incident, or of each of a digest. */
export function noticesIn({ message }: { message: Message }): Notice[] {
  return message.digest?.of.map(({ notice }) => notice) ?? [message.notice]
}

/** The path in memory: its functions, a queue that delivers on time and once, and vendors that do as they are told. */
export class PathWorld {
  readonly incidents = new MemoryTable()
  readonly checks = new MemoryTable()
  readonly queue: { at: number; message: EscalationMessage }[] = []
  readonly logged: Record<string, unknown>[] = []
  /** What was sent to whom: `ops opened`, `lin sms page (repeat)`. */
  readonly texts: string[] = []
  readonly messages: { message: Message; to: Target; settings: unknown }[] = []
  /** Every request to a voice vendor: `connect +86… line:person-+86…:1`. */
  readonly calls: string[] = []
  readonly placed: Call[] = []
  now = at('02:13')
  config: CompiledConfig
  directory: Directory | undefined = directory
  env: Record<string, string | undefined> = { OPS_KEY: 'secret-ops', INSTANCE: 'instance-1' }
  /** What the robot's vendor, and that of texts, keep within. */
  elsewhere: GatewayDeps['elsewhere']
  limits: Pick<Sender['limits'], 'perMinute' | 'lockOutMs' | 'answerMs'> = {}
  textLimits: Pick<Sender['limits'], 'perDay' | 'answerMs'> = {}
  /** How a text goes; each answer is used once, then everything is sent. */
  answers: Delivery[] = []
  /** What the vendor of texts was asked about, and what had become of that, in turn; then it does not know. */
  readonly asked: string[] = []
  ends: (TextEnd | undefined)[] = []
  /** How a call goes, in turn; then it is placed. */
  places: (Placed | (() => Promise<Placed>))[] = []
  /** Whether a call could be stopped, in turn; then it could. */
  stops: boolean[] = []
  /** How a call has ended, in turn, as the vendor of `ivr` says when it is asked; then it does not know. */
  callEnds: (CallEnd | undefined)[] = []
  private tokens = 0

  constructor(changes: Partial<CompiledConfig> = {}) {
    this.config = config(changes)
  }

  /** What a function without a gateway works with. */
  io(changes: Partial<EngineIo> = {}): EngineIo {
    return {
      incidents: this.incidents,
      checks: this.checks,
      now: () => this.now,
      token: () => `token-${this.tokens++}`,
      leaseUntil: this.now + 15_000,
      escalate: async (message, delayMs) => {
        if (delayMs < 0 || delayMs > 900_000) throw new Error(`SQS delays by 0 to 900 s, not ${delayMs / 1000}`)
        this.queue.push({ at: this.now + Math.ceil(delayMs / 1000) * 1000, message })
      },
      log: (entry) => this.logged.push(entry),
      ...changes,
    }
  }

  gateway(): GatewayDeps {
    const channel = (type: string): Sender => ({
      type,
      limits: { maxBytes: 4_096, ...{ robot: this.limits, texts: this.textLimits }[type] },
      rateKey: () => 'one',
      send: async (message, to, settings) => {
        const who = type === 'robot' ? 'ops' : `${type === 'smtp' ? to.email : to.phone} ${type}`
        const isRepeat = message.repeat || message.digest?.of.some(({ repeat }) => repeat)
        this.texts.push(`${who} ${message.notice.kind}${isRepeat ? ' (repeat)' : ''}`)
        this.messages.push({ message, to, settings })
        return this.answers.shift() ?? { status: 'sent' }
      },
      ...(type === 'texts' && {
        answer: async ({ answer, language, timezone }: Answering, { phone }: Target) => {
          this.texts.push(`${phone} answered: ${answerText(answer, language, { now: this.now, timezone })}`)
          return this.answers.shift() ?? { status: 'sent' }
        },
        receiptOf: async (receipt: string, sentAt: number, to: Target) => {
          this.asked.push(`${receipt} of ${new Date(sentAt).toISOString().slice(11, 16)} to ${to.phone}`)
          return this.ends.shift()
        },
      }),
    })
    const voice = (type: string) => ({
      type,
      keys: connectKeys,
      limits: { perSecond: 2, ...(type === 'local' && { perDay: 100 }) },
      rateKey: () => 'one',
      place: async (call: Call): Promise<Placed> => {
        this.calls.push(`${type} ${call.phone} ${call.token}`)
        this.placed.push(call)
        const place = this.places.shift() ?? { status: 'placed', contactId: `contact-${this.placed.length}` }
        return typeof place === 'function' ? place() : place
      },
      stop: async (contactId: string) => {
        this.calls.push(`${type} stop ${contactId}`)
        return this.stops.shift() ?? true
      },
    })
    return {
      config: this.config,
      directory: async (name) => (name in this.config.projects ? this.directory : undefined),
      phoneHashOf: (phone) => `person-${phone}`,
      channels: { robot: channel('robot'), texts: channel('texts'), others: channel('others'), smtp: channel('smtp') },
      voiceRoutes: { connect: voice('connect'), local: voice('local'), ivr: this.ivr(voice('ivr')) },
      env: this.env,
      fetch,
      secret: 'secret',
      linkBase: 'https://ack.example.com',
      consoleUrl: 'https://console.example.com',
      ...(this.elsewhere && { elsewhere: this.elsewhere }),
    }
  }

  /** A route of the mainland: it stops no call, counts calls to a number, and posts receipts that name their call. */
  private ivr({ stop: _, ...voice }: Caller): Caller {
    const windows = [
      { calls: 1, ms: 60_000 },
      { calls: 5, ms: 3_600_000 },
    ]
    return {
      ...voice,
      limits: { perSecond: 100, perCallee: { of: 'mainland', windows, gapMs: 2_000 } },
      receipts: { vendor: 'mainland', read: () => undefined, answer: {} },
      lastsMs: 180_000,
      query: async (contactId) => {
        this.calls.push(`ivr query ${contactId}`)
        return this.callEnds.shift()
      },
    }
  }

  /** The io of `page`: it alone reaches out. */
  pageIo(changes: Partial<EngineIo> = {}): EngineIo {
    const io = this.io(changes)
    return { ...io, gateway: vendorGateway(this.gateway())(io) }
  }

  /** Messages of the escalation queue whose time has come. */
  readonly backlog = async (): Promise<number> => this.queue.filter(({ at }) => at <= this.now).length

  evaluate(body: unknown, sentAt = this.now) {
    return takeEvent(body, sentAt, this.config, this.io())
  }

  /** One alert comes through the events queue. */
  alert(action: 'trigger' | 'resolve', changes: Record<string, unknown> = {}) {
    const alert = { action, dedupKey: 'web', project: 'pay', summary: 'web is down', at: this.now, ...changes }
    return this.evaluate({ v: 1, kind: 'alerts', alerts: [alert] })
  }

  page(message: unknown): Promise<void> {
    return takeEscalation(message, this.gateway(), this.pageIo())
  }

  /** A Connect contact event. */
  contact(event: Parameters<typeof takeContactEvent>[0]) {
    return takeContactEvent(event, this.io())
  }

  /** Time goes on; what the queue holds until then is taken by `page`, each message at its time. */
  async until(time: string | number): Promise<this> {
    const end = typeof time === 'number' ? time : at(time)
    for (let taken = 0; taken < 1_000; taken++) {
      const due = this.queue.filter((one) => one.at <= end).toSorted((a, b) => a.at - b.at)[0]
      if (due === undefined) {
        this.now = Math.max(this.now, end)
        return this
      }
      this.queue.splice(this.queue.indexOf(due), 1)
      this.now = Math.max(this.now, due.at)
      await this.page(due.message)
    }
    throw new Error('The queue does not come to rest')
  }

  /** Everything that is due now. */
  settle(): Promise<this> {
    return this.until(this.now)
  }

  incident(project = 'pay', groupKey = 'web'): Incident {
    const state = this.incidents.rows.get(`incident#${project}#${groupKey}\nstate`)?.state
    if (state === undefined) throw new Error(`There is no incident ${project} ${groupKey}`)
    return JSON.parse(state) as Incident
  }

  /** What an incident says has happened, to a reader of this language. */
  says(project: string, groupKey: string, language: Language = 'en'): string {
    return summaryIn(language, this.incident(project, groupKey))
  }

  phoneLine(contact = 'lin'): PhoneLine {
    return this.lineOf(phones[contact] ?? contact)
  }

  lineOf(phone: string): PhoneLine {
    const state = this.incidents.rows.get(`phone-line#person-${phone}\nstate`)?.state
    if (state === undefined) throw new Error(`${phone} has no phone line`)
    return JSON.parse(state) as PhoneLine
  }

  /** Items with effects that nobody has carried out: lines may wait to be put on record, and a step is on its way when queued. */
  get left(): string[] {
    return [...this.incidents.rows.values(), ...this.checks.rows.values()].flatMap(({ pk, outbox }) => {
      const entries = outbox === undefined ? [] : (JSON.parse(outbox) as Entry<IncidentEffect>[])
      return entries.every(({ effect }) => isRecord(effect) || this.isQueued(effect)) ? [] : [pk]
    })
  }

  private isQueued(effect: IncidentEffect): boolean {
    if (effect.type !== 'step') return false
    const { incident, step } = effect
    return this.queue.some(({ message }) => isDeepStrictEqual(message, { v: 1, kind: 'step', incident, step }))
  }
}

const records = Object.entries(incidentEffects).flatMap(([type, effect]) => ('record' in effect ? [type] : []))
const isRecord = ({ type }: { type: string }): boolean => records.includes(type)
