import type { Sqs } from '../../shared/clouds/aws/sqs-actions.ts'
import { consume } from '../../shared/clouds/aws/sqs-consumer.ts'
import type { RejectionFact } from '../../shared/contracts/rejection.ts'
import { DeadLetters } from './dead-letters.ts'
import type { Process, World } from './world.ts'

export interface Message {
  id: string
  body: string
  /** Message attributes, each a text. */
  attributes: Record<string, string>
  sentAt: number
  receives: number
  done: boolean
  /** A second copy of what was sent once: nobody waits for it. */
  isCopy: boolean
  /** When it comes again after it was received, if somebody has asked for a time of their own, ms. */
  againAfterMs?: number
}

interface QueueOptions {
  world: World
  name: 'events' | 'overflow' | 'escalation'
  /** Where its dead letters go, if not to a queue of their own. */
  dead?: DeadLetters
  /** After this a message comes again whose function has vanished. */
  visibilityMs: number
  /** Of a message, to be delivered twice. */
  duplicates: number
  /** Of a request, to be refused. */
  refusals: number
  /** Received so often in vain, a message goes to the dead letters. */
  maxReceives: number
  /** How a process reaches a queue. */
  clientOf(queue: SimulatedQueue, process: Process): Sqs
  /** Whether nobody takes anything from it for now. */
  isResting(): boolean
  /** What the queue's own clock shows, UTC ms. */
  now(): number
  /** A new invocation of the function behind the queue. */
  start(): Process
  handle(body: unknown, sentAt: number, process: Process): Promise<{ body: unknown; reason: RejectionFact }[]>
  rejected(reason: RejectionFact, process: Process): Promise<void>
  log(entry: Record<string, unknown>): void
}

/** SQS's event source takes so many at once. */
const BATCH = 10

/** A queue that nobody takes anything from is looked at again after this, ms. */
const REST_MS = 1_000

/** Nothing good comes so often. */
const ABSURD = 200

/**
 * A queue that does what SQS may do: delivers late, out of order, in batches, and more than once. Of a batch those whose handler
 * fails come again; all of it when the function vanishes in the middle, be they done or not. Messages are taken, put off and refused
 * by the product's own consumer.
 */
export class SimulatedQueue {
  readonly dead: DeadLetters
  readonly options: QueueOptions
  private open = 0
  private readonly sent: Message[] = []
  private readonly arrived: Message[] = []

  constructor(options: QueueOptions) {
    this.options = options
    this.dead = options.dead ?? new DeadLetters(options.world)
  }

  /** Messages that nobody has taken to the end. */
  get waiting(): number {
    return this.open + this.dead.toBeRedriven
  }

  /** The queue and its dead letters as a process reaches them. */
  client(process: Process): Sqs {
    return this.options.clientOf(this, process)
  }

  /** Messages that could be taken now. */
  get ready(): number {
    return this.arrived.length
  }

  send(body: unknown, delayMs: number): void {
    this.sendText(typeof body === 'string' ? body : JSON.stringify(body), {}, delayMs)
  }

  sendText(body: string, attributes: Record<string, string>, delayMs: number): void {
    if (delayMs > 900_000) throw new Error(`SQS delays a message by at most 900 s, not ${delayMs / 1000}`)
    const { world, duplicates, name, now } = this.options
    const id = `${name}-${this.sent.length}`
    const message = { id, body, attributes, sentAt: now(), receives: 0, done: false, isCopy: false }
    this.sent.push(message)
    this.open++
    // DelaySeconds are whole seconds.
    const delay = Math.ceil(delayMs / 1000) * 1000
    world.after(delay + world.latency(), () => this.arrive(message))
    if (world.chance(duplicates))
      world.after(delay + Math.floor(world.random() * world.pick([100, 30_000])), () =>
        this.arrive({ ...message, isCopy: true }),
      )
  }

  /** Everything that was ever sent comes once more, as SQS may do for days. */
  echo(): void {
    const { world } = this.options
    for (const message of this.sent)
      world.after(Math.floor(world.random() * 10_000), () => this.arrive({ ...message, done: false, isCopy: true }))
  }

  private arrive(message: Message): void {
    if (message.done) return
    this.arrived.push(message)
    const { world } = this.options
    if (this.arrived.length === 1) world.after(world.latency(), () => this.dispatch())
  }

  private dispatch(): void {
    if (this.options.isResting()) {
      this.options.world.after(REST_MS, () => this.dispatch())
      return
    }
    const batch = this.arrived.splice(0, BATCH)
    if (this.arrived.length > 0) this.options.world.after(1, () => this.dispatch())
    const received = batch.filter((message) => !this.isGivenUp(message))
    if (received.length > 0) this.take(received)
  }

  /** SQS itself moves what was received too often; a copy of it is forgotten. */
  private isGivenUp(message: Message): boolean {
    if (message.receives > ABSURD) throw new Error(`A message came ${message.receives} times: ${message.body}`)
    if (message.receives < this.options.maxReceives) return false
    if (!message.isCopy) this.dead.put(message)
    this.finish(message)
    return true
  }

  private take(batch: Message[]): void {
    const { world, visibilityMs, start, handle, rejected, log } = this.options
    const process = start()
    let isOver = false
    const Records = batch.map((message) => {
      message.receives++
      delete message.againAfterMs
      return recordOf(message)
    })
    this.inFlight(batch)
    const consumed = consume(
      { Records },
      {
        sqs: this.client(process),
        queueUrl: this.options.name,
        deadLetterUrl: `dead-${this.options.name}`,
        handle: (body, sentAt) => handle(body, sentAt, process),
        rejected: (reason) => rejected(reason, process),
        log,
      },
    )
    // The promises of a process that has died never settle.
    void consumed.then(({ batchItemFailures }) => {
      isOver = true
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))
      for (const message of batch) {
        if (!failed.has(message.id)) this.finish(message)
        else world.after(message.againAfterMs ?? visibilityMs, () => this.arrive(message))
      }
    })
    world.after(visibilityMs, () => {
      if (!isOver) for (const message of batch) this.arrive(message)
    })
  }

  /** By their receipt handles, so that who holds a message can put it off. */
  readonly received = new Map<string, Message>()

  private inFlight(batch: Message[]): void {
    for (const message of batch) this.received.set(receiptOf(message), message)
  }

  private finish(message: Message): void {
    if (!message.done && !message.isCopy) this.open--
    message.done = true
  }
}

/** A message as Lambda's event source hands it over. */
function recordOf(message: Message) {
  return {
    messageId: message.id,
    receiptHandle: receiptOf(message),
    body: message.body,
    attributes: { ApproximateReceiveCount: String(message.receives), SentTimestamp: String(message.sentAt) },
    messageAttributes: Object.fromEntries(
      Object.entries(message.attributes).map(([name, stringValue]) => [name, { stringValue }]),
    ),
  }
}

function receiptOf({ id, receives, isCopy }: Message): string {
  return `${id} ${isCopy ? 'copy' : 'original'} ${receives}`
}
