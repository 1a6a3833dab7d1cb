import { beforeEach, expect, it } from 'vitest'
import { takeEvent } from '../../../shared/engine/take-event.ts'
import { watch } from '../../../shared/engine/watch/watch.ts'
import type { Depth, PathDepths, PathEffect } from '../../../shared/evaluation/path-state.ts'
import { pathKey } from '../../../shared/store/keys.ts'
import { PathWorld } from '../world.ts'

const MINUTE = 60_000

const none: Depth = { waiting: 0, inFlight: 0 }
const one: Depth = { waiting: 1, inFlight: 0 }
const empty: PathDepths = {
  ...{ events: none, overflow: none, escalation: none },
  ...{ 'events-dlq': none, 'escalation-dlq': none },
}

/** A path of which parts may be dead, its queues as SQS counts them, and the mails of its topic. */
class WatchedWorld extends PathWorld {
  evaluates = true
  pages = true
  depths: PathDepths | undefined = empty
  /** What becomes of a mail, in turn; then it is taken. */
  publishing: (() => never)[] = []
  readonly mails: string[] = []
  readonly sent: string[] = []
  private readonly begun = this.now

  async tell({ trouble, isOver }: PathEffect): Promise<void> {
    this.publishing.shift()?.()
    this.mails.push(`${(this.now - this.begun) / MINUTE}: ${isOver ? 'over ' : ''}${trouble}`)
  }

  /** A canary sets out; it comes through at once if nothing on its way is dead. */
  async canary(of: 'events' | 'overflow'): Promise<void> {
    this.sent.push(of)
    if (!this.evaluates) return
    const lanes = { events: async () => {}, ...(of === 'events' && { overflow: async () => {} }) }
    await takeEvent({ v: 1, kind: 'canary' }, this.now, this.config, this.io({ lanes }))
    if (this.pages) await this.settle()
  }

  async minutes(count: number): Promise<string[]> {
    for (let minute = 0; minute < count; minute++) {
      const path = {
        depths: async () => this.depths ?? Promise.reject(new Error('no queue')),
        sendOverflowCanary: () => this.canary('overflow'),
        tell: (effect: PathEffect) => this.tell(effect),
      }
      const deps = { config: this.config, backlog: this.backlog, deadLetters: [], path }
      await watch({ ...deps, sendCanary: () => this.canary('events') }, this.io({ leaseUntil: this.now + 55_000 }))
      this.now += MINUTE
    }
    return this.mails
  }
}

let world: WatchedWorld

beforeEach(() => {
  world = new WatchedWorld()
})

it('a path that works is told of to nobody, and costs no write but the canary’s own', async () => {
  await world.minutes(2)
  const before = await world.incidents.get(pathKey())
  expect(await world.minutes(30)).toEqual([])
  expect(await world.incidents.get(pathKey())).toEqual(before)
})

it.each([
  ['evaluate', { evaluates: false }, 18],
  // What has waited for it is worked off at once.
  ['page', { pages: false }, 17],
])('%s is dead, and the mail comes within four minutes; one more when it works again', async (_, part, over) => {
  await world.minutes(3)
  Object.assign(world, part)
  expect(await world.minutes(10)).toEqual(['6: path-late'])
  Object.assign(world, { evaluates: true, pages: true })
  await world.settle()
  expect(await world.minutes(10)).toEqual(['6: path-late', `${over}: over path-late`])
})

it('what waits above storm limits gets canaries of its own, and only then', async () => {
  await world.minutes(2)
  expect(world.sent).toEqual(['events', 'events'])
  world.depths = { ...empty, overflow: one }
  expect(await world.minutes(40)).toEqual([])
  expect(world.sent.filter((of) => of === 'overflow')).toHaveLength(40)
})

it('an overflow queue that nobody works on is told of after a quarter of an hour', async () => {
  world.canary = async function (this: WatchedWorld, of) {
    if (of === 'events') await WatchedWorld.prototype.canary.call(this, of)
  }
  world.depths = { ...empty, overflow: one }
  expect(await world.minutes(20)).toEqual(['14: overflow-age'])
})

it('a canary that a sender put on the events queue says nothing of the overflow queue', async () => {
  const lanes = { events: async () => {}, overflow: async () => {} }
  const forged = { v: 1, kind: 'canary', of: 'overflow' }
  const sent: unknown[] = []
  const io = { ...world.io({ lanes }), escalate: async (message: unknown) => void sent.push(message) }
  await takeEvent(forged, world.now, world.config, io)
  expect(sent).toEqual([{ v: 1, kind: 'canary', at: world.now }])
})

it('a mail that could not be sent comes with the next minute, once, and that watch failed', async () => {
  world.depths = { ...empty, 'events-dlq': one }
  world.publishing = [
    () => {
      throw new Error('SNS does not answer')
    },
  ]
  await expect(world.minutes(1)).rejects.toThrow('1 concerns failed: Error: SNS does not answer')
  world.now += MINUTE
  expect(await world.minutes(5)).toEqual(['1: events-dlq'])
})

it('while nobody can be told each minute tries, and fails, so that the alarm of watch goes off and stays', async () => {
  world.depths = { ...empty, 'events-dlq': one }
  const refuses = () => {
    throw new Error('not authorized')
  }
  world.publishing = Array.from({ length: 20 }, () => refuses)
  for (let minute = 0; minute < 20; minute++) {
    await expect(world.minutes(1)).rejects.toThrow('not authorized')
    world.now += MINUTE
  }
  expect(await world.minutes(5)).toEqual(['20: events-dlq'])
})

it('a watch that dies in the middle of telling is made good by the next', async () => {
  await world.minutes(2)
  world.depths = { ...empty, 'events-dlq': one }
  const dies = new Promise<never>(() => {})
  world.tell = () => dies
  void world.minutes(1)
  await new Promise((done) => setImmediate(done))
  expect(world.left).toEqual(['path'])

  world.tell = WatchedWorld.prototype.tell
  world.now += MINUTE
  expect(await world.minutes(5)).toEqual(['3: events-dlq'])
  expect(world.left).toEqual([])
  expect(world.logged).toEqual([])
})

it('queues that cannot be asked fail watch, whose own alarm tells; all else is done', async () => {
  world.depths = undefined
  await expect(world.minutes(1)).rejects.toThrow('no queue')
  expect(world.sent).toEqual(['events'])
})
