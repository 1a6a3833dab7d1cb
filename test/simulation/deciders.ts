import type { Action } from '../../shared/engine/console/action.ts'
import { takeAction } from '../../shared/engine/console/take-action.ts'
import { parseReference } from '../../shared/incidents/reference.ts'
import { readIncident } from '../../shared/store/incidents.ts'
import type { Cloud } from './cloud.ts'
import { pressCard } from './links.ts'
import { SCHEDULE } from './night.ts'
import type { People } from './people.ts'
import type { World } from './world.ts'

const MINUTE = 60_000

/** A chat brings a press that was answered too late once more, within this, ms. */
const BROUGHT_AGAIN_MS = 20_000

const chen = { contact: 'chen', name: 'chen' }

/** Who passes incidents on, hands them over and gives them back. */
export class Deciders {
  /** Presses of the button that passes an incident on, by incident; each may have been brought more than once. */
  readonly presses: string[] = []
  /** What somebody has set out to hand to whom. */
  readonly handed: { incident: string; to: string[] }[] = []
  /** What somebody was told is given back. */
  readonly returned: string[] = []
  private readonly world: World
  private readonly cloud: Cloud
  private readonly people: People

  constructor(world: World, cloud: Cloud, people: People) {
    this.world = world
    this.cloud = cloud
    this.people = people
  }

  /** What may become of an incident that opens after `at`, ms. */
  decide(incident: string, at: number): void {
    const { world, people } = this
    const later = (minutes: number) => at + Math.floor(world.random() * minutes * MINUTE * world.size.pace)
    if (world.chance(0.3)) this.passOn(incident, later(6))
    if (world.chance(0.3)) this.handOver(incident, world.pick([['zhao'], ['wang', 'zhao'], [SCHEDULE]]), later(8))
    if (world.chance(0.3)) {
      const takenAfter = later(6)
      people.take(incident, takenAfter)
      // Two take it at once, and one gives it back.
      if (world.chance(0.5)) people.take(incident, takenAfter + world.pick([0, 30, 400]))
      if (world.chance(0.5)) this.giveBack(incident, takenAfter + 1_000 + Math.floor(world.random() * 3 * MINUTE))
    }
  }

  /** The card of a chat; what it brings twice is one press. */
  private passOn(incident: string, afterMs: number): void {
    const { people, cloud } = this
    const once = `press ${this.presses.length}`
    this.presses.push(incident)
    const press = () =>
      void cloud.invoke('acknowledge', (io) => pressCard(incident, 'pass', once, cloud, io)).catch(() => {})
    people.after(afterMs, press)
    if (this.world.chance(0.6)) people.after(afterMs + Math.floor(this.world.random() * BROUGHT_AGAIN_MS), press)
  }

  private handOver(incident: string, to: string[], afterMs: number): void {
    this.handed.push({ incident, to })
    this.act(incident, { do: 'hand-over', to }, afterMs, () => {})
  }

  private giveBack(incident: string, afterMs: number): void {
    this.act(incident, { do: 'give-back' }, afterMs, () => this.returned.push(incident))
  }

  /** On the console. */
  private act(incident: string, action: Action, afterMs: number, done: () => void): void {
    this.people.after(afterMs, () => {
      const work = this.cloud.invoke('acknowledge', async (io) => {
        const { generation, ...of } = parseReference(incident)
        const seen = await readIncident(of, io.incidents)
        if (seen?.generation !== generation) return
        const { result } = await takeAction(action, { number: seen.number, by: chen, via: 'console' }, io)
        if (result === 'done') done()
      })
      void work.catch(() => {})
    })
  }
}
