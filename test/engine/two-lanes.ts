import { STORM_KEY } from '../../shared/contracts/storm.ts'
import type { Lanes } from '../../shared/engine/io.ts'
import { takeEvent } from '../../shared/engine/take-event.ts'
import { listIncidents } from '../../shared/store/incidents.ts'
import { PathWorld } from './world.ts'

export interface Message {
  body: { alerts: { dedupKey: string }[]; positions: number[] }
  takenAt: number
}

/** The path with both queues that lead to evaluate; what is on them is taken when the test says so. */
export class TwoLanes extends PathWorld {
  events: Message[] = []
  overflow: Message[] = []
  sends = 0
  /** What the instance remembers; another one begins with nothing. */
  aboveLimit = new Map<string, number>()

  /** Takes messages of a queue in one invocation. */
  async take(messages: Message[], from: 'events' | 'overflow') {
    const put = (queue: Message[]) => async (texts: string[], takenAt: number) => {
      this.sends += 1
      queue.push(...texts.map((text) => ({ body: JSON.parse(text) as Message['body'], takenAt })))
    }
    const lanes: Lanes = {
      events: put(this.events),
      ...(from === 'events' ? { overflow: put(this.overflow), aboveLimit: this.aboveLimit } : {}),
    }
    const io = this.io({ lanes })
    await Promise.all(messages.map(({ body, takenAt }) => takeEvent(body, takenAt, this.config, io)))
  }

  /** Both queues until they are empty, ten messages at a time; the overflow's first, or last. */
  async empty(order: 'overflow first' | 'events first' = 'events first') {
    while (this.events.length + this.overflow.length > 0) {
      const isEvents = this.events.length > 0 && (order === 'events first' || this.overflow.length === 0)
      await this.take((isEvents ? this.events : this.overflow).splice(0, 10), isEvents ? 'events' : 'overflow')
    }
  }

  get storm() {
    return this.incident('pay', STORM_KEY)
  }

  async open(project = 'pay') {
    return (await listIncidents('open', 20_000, this.io())).filter((one) => one.project === project)
  }
}

export const alertOf = (key: string, changes: object = {}) => ({
  action: 'trigger',
  dedupKey: key,
  project: 'pay',
  summary: `${key} is down`,
  ...changes,
})
export const many = (count: number, changes: object = {}) =>
  Array.from({ length: count }, (_, index) => alertOf(`k${index}`, changes))
export const message = (alerts: object[], takenAt: number) =>
  ({ body: { v: 1, kind: 'alerts', alerts }, takenAt }) as never
