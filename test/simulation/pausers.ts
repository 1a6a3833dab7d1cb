import { OWN_PROJECT } from '../../shared/contracts/compiled-config.ts'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { applySilences } from '../../shared/engine/pauses/apply-silences.ts'
import type { IncidentEvent } from '../../shared/incidents/incident.ts'
import type { Silence } from '../../shared/incidents/pause/silence.ts'
import { parseReference } from '../../shared/incidents/reference.ts'
import { changeSilence } from '../../shared/store/silences.ts'
import type { Cloud } from './cloud.ts'
import { incidentsIn, nameOf } from './outcome.ts'
import type { People } from './people.ts'
import type { World } from './world.ts'

const MINUTE = 60_000

/** What comes back after everything was closed is closed again, ms. */
const AGAIN_MS = 3 * MINUTE

/** The function that closes something is over by then, ms. */
const CLOSING_MS = 10_000

const lin = { contact: 'lin', name: 'lin' }

/** Who wants to hear nothing of an incident for a while, and who wants it back. */
export class Pausers {
  private made = 0
  private isResting = false
  private readonly world: World
  private readonly cloud: Cloud
  private readonly people: People

  constructor(world: World, cloud: Cloud, people: People) {
    this.world = world
    this.cloud = cloud
    this.people = people
  }

  /** What may happen to an incident that opens after `at`, ms. */
  pause(incident: string, at: number): void {
    const { world } = this
    const { project, groupKey: key } = parseReference(incident)
    const later = (most: number) => at + Math.floor(world.random() * most * world.size.pace)
    if (world.chance(0.5)) this.silence(world.chance(0.7) ? { project, key } : { project }, later(3 * MINUTE) - 20_000)
    if (world.chance(0.3)) this.snooze(incident, later(5 * MINUTE), world.pick([2, 4]) * MINUTE)
    if (world.chance(0.2)) this.giveBack(incident, later(8 * MINUTE))
  }

  /** What is taken for a while would page for ever: in the end somebody closes everything by hand, over and over. */
  closeAll(afterMs: number): void {
    this.people.after(afterMs, () => this.close())
  }

  /** Nobody closes anything any more. */
  rest(): void {
    this.isResting = true
  }

  private close(): void {
    if (this.isResting) return
    // What our own project says comes back for as long as it is so.
    const left = incidentsIn(this.cloud).filter(
      ({ project, status }) => project !== OWN_PROJECT && status !== 'resolved',
    )
    for (const incident of left) this.people.resolve(nameOf(incident), 0)
    if (left.length > 0) this.people.after(CLOSING_MS, () => {})
    this.world.after(AGAIN_MS, () => this.close())
  }

  /** A silence may be ended early, or be made longer. Some of who make or end one do not live to tell the incidents. */
  private silence(fields: Record<string, string>, after: number): void {
    const { world, people } = this
    const id = `silence-${this.made++}`
    const lastsMs = world.pick(world.size.silences) * MINUTE
    const matchers = [Object.entries(fields).map(([name, value]) => ({ name, is: '=' as const, value }))]
    people.after(Math.max(0, after), () =>
      this.change(id, (_, now) => ({
        id,
        matchers,
        startsAt: now,
        endsAt: now + lastsMs,
        by: 'lin',
        comment: 'known',
        changedAt: now,
      })),
    )
    const change = world.pick(['none', 'none', 'ended', 'ended', 'longer'] as const)
    if (change === 'none') return
    people.after(Math.max(0, after) + MINUTE + Math.floor(world.random() * (lastsMs - MINUTE)), () =>
      this.change(id, (silence, now) => {
        if (silence === undefined || silence.endsAt <= now) return undefined
        return { ...silence, endsAt: change === 'ended' ? now : silence.endsAt + 2 * MINUTE, changedAt: now }
      }),
    )
  }

  private change(id: string, changed: (silence: Silence | undefined, now: number) => Silence | undefined): void {
    const dies = this.world.chance(0.3)
    this.act(async (io) => {
      const silence = await changeSilence(id, (before) => changed(before, io.now()), io)
      if (!dies && silence !== undefined) await applySilences([silence], io)
    })
  }

  private snooze(incident: string, after: number, lastsMs: number): void {
    this.people.acted.push({ incident, what: 'take' })
    this.decide(incident, after, (generation, now) => ({
      type: 'snooze',
      generation,
      via: 'cli',
      by: lin,
      until: now + lastsMs,
    }))
  }

  private giveBack(incident: string, after: number): void {
    this.decide(incident, after, (generation) => ({ type: 'give-back', generation, via: 'cli', by: lin }))
  }

  private decide(incident: string, after: number, event: (generation: number, now: number) => IncidentEvent): void {
    this.people.after(after, () =>
      this.act(async (io) => {
        const { generation, ...of } = parseReference(incident)
        await dispatchToIncident(of, { event: event(generation, io.now()) }, io)
      }),
    )
  }

  private act(work: (io: EngineIo) => Promise<void>): void {
    void this.cloud.invoke('acknowledge', work).catch(() => {})
  }
}
