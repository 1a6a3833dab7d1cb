import type { World } from './world.ts'

/** A message that came back so often stays for a human. */
const MOST_REDRIVES = 3

/** A message in a dead-letter queue. */
export interface DeadLetter {
  id: string
  body: string
  sentAt: number
  attributes: Record<string, string>
  /** Somebody has received it: nobody else does before, UTC ms. */
  hiddenUntil: number
}

/** The dead letters of a queue: what the consumer refused, with its reason, and what was received too often. */
export class DeadLetters {
  readonly letters: DeadLetter[] = []
  private count = 0
  private readonly world: World

  constructor(world: World) {
    this.world = world
  }

  put({ body, sentAt, attributes }: Pick<DeadLetter, 'body' | 'sentAt' | 'attributes'>): void {
    this.letters.push({ id: `dead-${this.count++}`, body, sentAt, attributes, hiddenUntil: 0 })
  }

  /** At most ten that nobody else holds, hidden from others for a while, ms. */
  receive(hiddenMs: number): DeadLetter[] {
    const { now } = this.world
    const free = this.letters.filter(({ hiddenUntil }) => hiddenUntil <= now).slice(0, 10)
    for (const letter of free) letter.hiddenUntil = now + hiddenMs
    return free
  }

  remove(id: string): void {
    const index = this.letters.findIndex((letter) => letter.id === id)
    if (index >= 0) this.letters.splice(index, 1)
  }

  /** What watch is to send once more. */
  get toBeRedriven(): number {
    return this.letters.filter(({ attributes }) => !isForHumans(attributes)).length
  }
}

function isForHumans({ reason, redrives = '0' }: Record<string, string>): boolean {
  return reason !== undefined || Number(redrives) >= MOST_REDRIVES
}
