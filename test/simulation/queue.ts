import type { World } from './world.ts'

interface Message {
  body: string
  receives: number
  done: boolean
}

/**
 * A queue that does what SQS may do: delivers late, out of order, and more than once; a message whose handler fails or
 * vanishes comes again after the visibility timeout.
 */
export class SimulatedQueue {
  private readonly world: World
  private readonly visibilityMs: number
  private readonly duplicates: number
  private readonly handle: (body: unknown, sentAt: number) => Promise<void>
  /** Messages that nobody has taken to the end. */
  waiting = 0

  constructor(
    world: World,
    options: { visibilityMs: number; duplicates: number; handle: (body: unknown, sentAt: number) => Promise<void> },
  ) {
    this.world = world
    this.visibilityMs = options.visibilityMs
    this.duplicates = options.duplicates
    this.handle = options.handle
  }

  send(body: unknown, delayMs: number): void {
    if (delayMs > 900_000) throw new Error(`SQS delays a message by at most 900 s, not ${delayMs / 1000}`)
    const message = { body: JSON.stringify(body), receives: 0, done: false }
    const sentAt = this.world.now
    this.waiting++
    // DelaySeconds are whole seconds.
    const delay = Math.ceil(delayMs / 1000) * 1000
    this.world.after(delay + this.world.latency(), () => this.receive(message, sentAt))
    if (this.world.chance(this.duplicates))
      this.world.after(delay + Math.floor(this.world.random() * 30_000), () =>
        this.receive({ ...message, done: false }, sentAt, true),
      )
  }

  private receive(message: Message, sentAt: number, isDuplicate = false): void {
    if (message.done) return
    message.receives++
    if (message.receives > 50) throw new Error(`A message came ${message.receives} times: ${message.body}`)
    this.handle(JSON.parse(message.body), sentAt).then(
      () => {
        if (!message.done && !isDuplicate) this.waiting--
        message.done = true
      },
      (error: unknown) => {
        this.errors.push(error)
      },
    )
    this.world.after(this.visibilityMs, () => this.receive(message, sentAt, isDuplicate))
  }

  /** Rejections of handlers: the simulation looks at those that are not of its own making. */
  readonly errors: unknown[] = []
}
