import type { Action } from '../../shared/engine/console/action.ts'
import { takeAction } from '../../shared/engine/console/take-action.ts'
import { parseReference } from '../../shared/incidents/reference.ts'
import { readIncident } from '../../shared/store/incidents.ts'
import type { Cloud } from './cloud.ts'
import type { People } from './people.ts'
import { World } from './world.ts'

const MINUTE = 60_000

/** What is drawn for them is drawn apart: all else stays as drawn. Sets the numbers of that apart from others. */
const APART = 2_000_003

/** By its key: it calls one person, who is in no other. */
export const OTHER_POLICY = 'canary'

const lin = { contact: 'lin', name: 'lin' }

/** Who hands incidents to another policy, and merges what has one cause, on the console. */
export class Redirectors {
  private readonly world: World
  private readonly cloud: Cloud
  private readonly people: People

  constructor(world: World, cloud: Cloud, people: People) {
    this.world = new World(world.seed + APART, world.size)
    this.cloud = cloud
    this.people = people
  }

  /** What may become of incidents that open after `at`, ms. */
  redirect(broken: { incident: string; at: number }[]): void {
    const world = this.world
    const later = (minutes: number) => Math.floor(world.random() * minutes * MINUTE * world.size.pace)
    for (const { incident, at } of broken)
      if (world.chance(0.4)) this.act(incident, at + later(6), async () => ({ do: 'hand-over', policy: OTHER_POLICY }))
    const [first, second] = broken
    if (first === undefined || second === undefined || world.chance(0.2)) return
    const [member, into] = world.pick([
      [first, second],
      [second, first],
    ])
    const mergedAfter = Math.max(first.at, second.at) + later(5)
    this.act(member.incident, mergedAfter, async (numberOf) => {
      const number = await numberOf(into.incident)
      return number === undefined ? undefined : { do: 'merge', into: number }
    })
    // Now and then somebody sees at once that it was the wrong one.
    if (world.chance(0.5))
      this.act(member.incident, mergedAfter + later(world.pick([0.2, 5])), async () => ({ do: 'split' }))
  }

  private act(
    incident: string,
    afterMs: number,
    actionOf: (numberOf: (incident: string) => Promise<number | undefined>) => Promise<Action | undefined>,
  ): void {
    this.people.after(afterMs, () => {
      const work = this.cloud.invoke('acknowledge', async (io) => {
        const numberOf = async (of: string) => {
          const { generation, ...key } = parseReference(of)
          const seen = await readIncident(key, io.incidents)
          return seen?.generation === generation ? seen.number : undefined
        }
        const number = await numberOf(incident)
        const action = number === undefined ? undefined : await actionOf(numberOf)
        if (number !== undefined && action !== undefined)
          await takeAction(action, { number, by: lin, via: 'console' }, io)
      })
      void work.catch(() => {})
    })
  }
}
