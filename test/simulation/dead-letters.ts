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
  /** It is on its queue again. */
  isBack?: boolean
}

/** The dead letters of a queue: what the consumer refused, with its reason, and what was received too often. */
export class DeadLetters {
  readonly letters: DeadLetter[] = []
  /** What was deleted while it was nowhere else: who does so may die of it. */
  readonly risked: string[] = []
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

  /** The queue has been sent this. */
  sent(body: string): void {
    for (const letter of this.letters) if (letter.body === body) letter.isBack = true
  }

  remove(id: string): void {
    const index = this.letters.findIndex((letter) => letter.id === id)
    const [letter] = index < 0 ? [] : this.letters.splice(index, 1)
    if (letter !== undefined && !letter.isBack) this.risked.push(letter.body)
  }

  /** What stays: all else is sent once more by watch, if there is another round of it. */
  get forHumans(): DeadLetter[] {
    return this.letters.filter(({ attributes }) => isForHumans(attributes))
  }

  /** What watch is to send once more. */
  get toBeRedriven(): number {
    return this.letters.length - this.forHumans.length
  }
}

function isForHumans({ reason, redrives = '0' }: Record<string, string>): boolean {
  return reason !== undefined || Number(redrives) >= MOST_REDRIVES
}
