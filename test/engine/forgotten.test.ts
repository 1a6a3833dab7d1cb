import { beforeEach, describe, expect, it } from 'vitest'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { incidentOfNumber, neighboursOf, readTimeline } from '../../shared/store/incidents.ts'
import { PathWorld } from './world.ts'

const DAY = 86_400_000
const of = { project: 'pay', groupKey: 'web' }

/** A path whose table forgets what has expired, as DynamoDB does by its TTL. */
class ForgettingWorld extends PathWorld {
  private readonly begins = this.now

  /** Goes on to a day, counted from the first. */
  async day(count: number): Promise<void> {
    this.now = this.begins + count * DAY
    // What was asked of the queue is months old, as the minutes between have had it taken.
    this.queue.splice(0)
    for (const [name, { expiresAt }] of this.incidents.rows)
      if (expiresAt !== undefined && expiresAt * 1000 <= this.now) this.incidents.rows.delete(name)
  }

  /** Breaks, and is mended a minute later. */
  async trouble(changes: Record<string, unknown> = {}): Promise<void> {
    await this.alert('trigger', changes)
    await this.settle()
    this.now += 60_000
    await this.mended()
  }

  async mended(): Promise<void> {
    await this.alert('resolve')
    await this.watched()
  }

  async note(generation: number, text: string): Promise<void> {
    const event = { type: 'note', generation, by: 'lin', text } as const
    await dispatchToIncident(of, { event }, this.pageIo())
    await this.watched()
  }

  /** A minute later watch finds what only had to be put on record. */
  private async watched(): Promise<void> {
    await this.until(this.now + 60_000)
    await dispatchToIncident(of, 'deliver', this.pageIo())
  }

  /** What a number leads to, and when what its history tells of happened, in days from the first. */
  async read(number: number): Promise<[generation: number, days: number[]] | undefined> {
    const incident = await incidentOfNumber(number, this.io())
    if (incident === undefined) return undefined
    const lines = await readTimeline(incident, this.io())
    return [incident.generation, [...new Set(lines.map(({ at }) => Math.floor((at - this.begins) / DAY)))]]
  }
}

describe('an incident that is over', () => {
  let world: ForgettingWorld
  beforeEach(() => {
    world = new ForgettingWorld()
  })

  it('is read by its number for 180 days, and its next life is another one when that comes later', async () => {
    await world.trouble()
    await world.day(180)
    expect(await world.read(1001)).toEqual([1, [0]])

    await world.day(200)
    await world.trouble()
    await world.day(201)
    expect(await world.read(1002)).toEqual([2, [200]])
    expect(await world.read(1001)).toBeUndefined()
    expect((await neighboursOf(world.incident(), world.incidents)).before).toBeUndefined()
  })

  it('is counted from one again only when no line of its former lives is left', async () => {
    await world.trouble()
    await world.day(359)
    await world.trouble()
    expect(await world.read(1002)).toEqual([2, [359]])

    for (let day = 360; day < 760; day++) {
      await world.day(day)
      const isLeft = world.incidents.rows.has('incident#pay#web\nstate')
      if (!isLeft) expect(await readTimeline(of, world.io())).toEqual([])
    }
    await world.trouble()
    expect(await world.read(1003)).toEqual([1, [759]])
  })

  it('is not forgotten before what was noted of it later', async () => {
    await world.trouble()
    await world.day(170)
    await world.note(1, 'it was the disk')
    expect(await world.read(1001)).toEqual([1, [0, 170]])

    await world.day(400)
    await world.trouble()
    expect(await world.read(1002)).toEqual([2, [400]])
  })

  it('is read by its number for as long as it goes on, and for 180 days then; nothing of it is left a year later', async () => {
    await world.alert('trigger')
    await world.settle()
    await world.day(300)
    expect(await world.read(1001)).toEqual([1, [0]])
    await world.day(800)
    expect((await world.read(1001))?.[0]).toBe(1)

    await world.mended()
    await world.day(980)
    expect(await world.read(1001)).toEqual([1, [800]])
    await world.day(1168)
    expect(await world.read(1001)).toBeUndefined()
    const left = [...world.incidents.rows.keys()]
    expect(left.filter((name) => /^(incident|number)#/.test(name))).toEqual([])
  })

  it('is read by its number if it was over within a second', async () => {
    await world.alert('trigger', { severity: 'info' })
    await world.alert('resolve')
    expect((await world.read(1001))?.[0]).toBe(1)
    await world.mended()
    expect(await world.read(1001)).toEqual([1, [0]])
  })

  it('is read by its number after an end that only its next life tells of', async () => {
    await world.evaluate({ projectName: 'pay' })
    await world.settle()
    const { groupKey } = (await incidentOfNumber(1001, world.io())) ?? expect.fail()
    await dispatchToIncident(
      { ...of, groupKey },
      { event: { type: 'acknowledge', generation: 1, via: 'console' } },
      world.pageIo(),
    )
    await world.day(300)
    await world.evaluate({ projectName: 'pay' })
    await world.settle()
    expect(await world.read(1001)).toEqual([1, [0]])

    await world.day(479)
    expect((await world.read(1001))?.[0]).toBe(1)
    await world.day(481)
    expect(await world.read(1001)).toBeUndefined()
  })
})
