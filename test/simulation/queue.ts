import type { Process, World } from './world.ts'

interface Message {
  body: string
  sentAt: number
  receives: number
  done: boolean
  /** A second copy of what was sent once: nobody waits for it. */
  isCopy: boolean
}

interface QueueOptions {
  world: World
  /** After this a message comes again whose function has vanished. */
  visibilityMs: number
  /** Of a message, to be delivered twice. */
  duplicates: number
  /** A new invocation of the function behind the queue. */
  start(): Process
  handle(body: unknown, sentAt: number, process: Process): Promise<void>
}

/** SQS's event source takes so many at once. */
const BATCH = 10

/** After trouble a message comes again after 5 s, doubled each time, up to 5 min. */
const FIRST_BACKOFF_MS = 5_000
const MAX_BACKOFF_MS = 300_000

/**
 * A queue that does what SQS may do: delivers late, out of order, in batches, and more than once. Of a batch those whose handler
 * fails come again; all of it when the function vanishes in the middle, be they done or not.
 */
export class SimulatedQueue {
  /** Messages that nobody has taken to the end. */
  waiting = 0
  private readonly options: QueueOptions
  private readonly sent: Message[] = []
  private readonly arrived: Message[] = []

  constructor(options: QueueOptions) {
    this.options = options
  }

  /** Messages that could be taken now. */
  get ready(): number {
    return this.arrived.length
  }

  send(body: unknown, delayMs: number): void {
    if (delayMs > 900_000) throw new Error(`SQS delays a message by at most 900 s, not ${delayMs / 1000}`)
    const { world, duplicates } = this.options
    const message = { body: JSON.stringify(body), sentAt: world.now, receives: 0, done: false, isCopy: false }
    this.sent.push(message)
    this.waiting++
    // DelaySeconds are whole seconds.
    const delay = Math.ceil(delayMs / 1000) * 1000
    world.after(delay + world.latency(), () => this.arrive(message))
    if (world.chance(duplicates))
      world.after(delay + Math.floor(world.random() * 30_000), () => this.arrive({ ...message, isCopy: true }))
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
    const batch = this.arrived.splice(0, BATCH)
    if (this.arrived.length > 0) this.options.world.after(1, () => this.dispatch())
    this.take(batch)
  }

  private take(batch: Message[]): void {
    const { world, visibilityMs, start, handle } = this.options
    const process = start()
    let isOver = false
    const works = batch.map((message) => {
      message.receives++
      if (message.receives > 50) throw new Error(`A message came ${message.receives} times: ${message.body}`)
      return handle(JSON.parse(message.body), message.sentAt, process)
    })
    // The promises of a process that has died never settle.
    void Promise.allSettled(works).then((results) => {
      isOver = true
      for (const [index, message] of batch.entries()) {
        if (results[index]?.status === 'fulfilled') this.finish(message)
        else world.after(backoff(message), () => this.arrive(message))
      }
    })
    world.after(visibilityMs, () => {
      if (!isOver) for (const message of batch) this.arrive(message)
    })
  }

  private finish(message: Message): void {
    if (!message.done && !message.isCopy) this.waiting--
    message.done = true
  }
}

function backoff({ receives }: Message): number {
  return Math.min(FIRST_BACKOFF_MS * 2 ** (receives - 1), MAX_BACKOFF_MS)
}
