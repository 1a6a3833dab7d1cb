import { answerReceipts } from '../../services/acknowledge/receipts.ts'
import type { VoiceRoute } from '../../shared/channels/channel.ts'
import { receiptsPath } from '../../shared/channels/receipts/receipts-address.ts'
import { urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import { readTimeline } from '../../shared/store/incidents.ts'
import { directory, PathWorld } from '../engine/world.ts'
import { brief } from '../failure.ts'
import type { Schedule } from '../simulators/clock.ts'
import type { Phones } from '../simulators/phones.ts'
import type { VendorServer } from '../simulators/server.ts'

const secret = 'secret'

/** Nobody texts here. */
const replyDeps = { projects: [], language: 'zh', directory: async () => directory } as const

/** What a vendor needs of the world: its calls neither end nor say anything by themselves. */
export interface Surroundings {
  now(): number
  schedule: Schedule
  push(receipt: object): void
}

/** A voice route, its settings, and the vendor that it asks. */
export interface Playing<Vendor> {
  vendor: Vendor
  route: VoiceRoute<unknown>
  settings: object
  /** Whether one post of the vendor's may hold several receipts. */
  posts: 'many' | 'one'
}

/** The path in memory, whose phones in mainland China ring by one vendor. Its receipts lie in `receipts` until they are posted. */
export abstract class MainlandWorld<Vendor extends Phones & VendorServer> extends PathWorld {
  readonly receipts: object[] = []
  private playing: Playing<Vendor> | undefined

  /** Starts the vendor. */
  protected abstract begin(surroundings: Surroundings): Promise<Playing<Vendor>>

  get vendor(): Vendor {
    return this.started.vendor
  }

  private get started(): Playing<Vendor> {
    if (this.playing === undefined) throw new Error('The vendor has not been started')
    return this.playing
  }

  /** Starts the vendor, and configures its route first. */
  async start(): Promise<this> {
    const never: Schedule = () => () => {}
    this.playing = await this.begin({
      now: () => this.now,
      schedule: never,
      push: (receipt) => this.receipts.push(receipt),
    })
    const { route, settings, vendor } = this.playing
    if (route.url !== undefined) this.env[route.url.variable] = vendor.url
    const routes = [
      { to: '+86', type: route.type, settings },
      { to: '+', type: 'connect', settings: {} },
    ]
    this.config.channels.phone = { name: 'phone', type: 'phone', settings: { routes } }
    return this
  }

  override gateway() {
    const gateway = super.gateway()
    const { route } = this.started
    return { ...gateway, voiceRoutes: { ...gateway.voiceRoutes, [route.type]: route } }
  }

  /** The incident goes down, and Lin's phone rings. Gives the vendor's name of the call. */
  async rung(): Promise<string> {
    await this.alert('trigger')
    await this.settle()
    const { contactId } = this.vendor.calls.at(-1) ?? {}
    if (contactId === undefined) throw new Error('Nobody is called')
    return contactId
  }

  /** The vendor posts; gives the status of our answer, and what it says. */
  async post(body: unknown, path = this.path, io = this.io()): Promise<[number, unknown]> {
    const request = urlRequestOf({
      rawPath: path,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      requestContext: { http: { method: 'POST' } },
    })
    const answer = await answerReceipts(request, secret, replyDeps, io)
    return [answer.statusCode, JSON.parse(answer.body)]
  }

  private get path(): string {
    return receiptsPath(this.started.route.receipts?.vendor ?? '', secret)
  }

  /** The vendor posts all that lies there, and the path goes on. */
  async postAll(): Promise<this> {
    const receipts = this.receipts.splice(0)
    for (const body of this.started.posts === 'many' ? [receipts] : receipts) await this.post(body)
    return this.settle()
  }

  /** What the timeline tells of each call. */
  async told(): Promise<string[]> {
    const lines = await readTimeline({ project: 'pay', groupKey: 'web' }, this.io())
    return lines.flatMap((line) =>
      line.kind === 'call' ? [`${line.name} ${[line.outcome, brief(line.failure)].filter(Boolean).join(', ')}`] : [],
    )
  }
}
