import type { Severity } from '../../shared/contracts/words.ts'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { takeLink } from '../../shared/engine/take-link.ts'
import { signLink } from '../../shared/incidents/acknowledge-link.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { parseReference } from '../../shared/incidents/reference.ts'
import { readIncident } from '../../shared/store/incidents.ts'
import { type Cloud, SECRET } from './cloud.ts'
import { edit, type Setting } from './setting.ts'
import { withoutPhoneLines } from './store.ts'
import type { World } from './world.ts'

/** What somebody was told has been done, and must stay so. */
export interface Promised {
  incident: string
  what: 'taken' | 'resolved' | 'noted'
  /** Of a note. */
  text?: string
}

const chen = { contact: 'chen', name: 'chen' }

/** Who sends alerts, who works on incidents, and who edits the directory. */
export class People {
  /** What the events queue took; a key ends with `*` where only its beginning is known. */
  readonly accepted: { project: string; dedupKey: string }[] = []
  readonly promised: Promised[] = []
  /** Incidents taken by a function that died before it called the calls off. */
  readonly abandoned = new Set<string>()
  /** Until then they have plans, UTC ms. */
  busyUntil = 0
  private readonly world: World
  private readonly cloud: Cloud
  private readonly setting: Setting

  constructor(world: World, cloud: Cloud, setting: Setting) {
    this.world = world
    this.cloud = cloud
    this.setting = setting
  }

  /** All that they do in the next minutes. */
  live(): void {
    const { world } = this
    const count = 1 + Math.floor(world.random() * 4)
    for (let index = 0; index < count; index++) this.breaks(`check-${index}`)
    if (world.chance(0.15)) this.breaksAsOfOld()
    if (world.chance(0.15)) this.after(Math.floor(world.random() * 400_000), () => edit(this.setting, world))
  }

  /** Somebody takes an incident after a while, ms. Some functions do not live to call the calls off. */
  take(incident: string, afterMs: number): void {
    const { world } = this
    const dies = world.chance(0.3)
    if (dies) this.abandoned.add(incident)
    const how = world.pick(['cli', 'link'] as const)
    this.after(afterMs, () =>
      this.act(async (io) => {
        const mortal = dies ? { ...io, incidents: withoutPhoneLines(io.incidents) } : io
        const isTaken = how === 'cli' ? await takeByCli(incident, mortal) : await this.takeByLink(incident, mortal)
        if (isTaken) this.promised.push({ incident, what: 'taken' })
      }),
    )
  }

  /** Something breaks at an external sender, who tells of it more than once. */
  private breaks(dedupKey: string): void {
    const { world } = this
    const project = world.pick(['pay', 'shop'])
    const severity: Severity = world.pick(['critical', 'critical', 'critical', 'critical', 'error', 'warning'])
    const incident = `${project}#1#${dedupKey}`
    const at = Math.floor(world.random() * 90_000)
    const send = (action: string, delay: number, changes: { summary?: string; severity?: Severity } = {}) =>
      this.after(delay, () => {
        const alert = { project, dedupKey, summary: 'broken', severity, ...changes, action, at: world.now }
        this.cloud.events.send({ v: 1, kind: 'alerts', alerts: [alert] }, 0)
      })
    const later = (least: number, most: number) => at + least + Math.floor(world.random() * most)

    this.accepted.push({ project, dedupKey })
    send('trigger', at)
    if (world.chance(0.3)) send('trigger', at + 20_000)
    if (world.chance(0.15))
      send('trigger', later(0, 300_000), { severity: world.pick(['critical', 'error', 'warning']) })
    // It says something else all the time: lines of the history that nothing else follows from.
    if (world.chance(0.1))
      for (let more = 1; more <= 40; more++)
        send('trigger', at + 100_000 + more * world.pick([50, 1_000]), { summary: `broken ${more}` })
    if (world.chance(0.35)) send('resolve', later(30_000, 600_000))
    if (world.chance(0.1)) send('acknowledge', later(10_000, 300_000))
    if (world.chance(0.1)) send('trigger', later(300_000, 600_000))
    if (world.chance(0.15)) this.take(incident, later(40_000, 200_000))
    if (world.chance(0.08)) this.resolve(incident, later(10_000, 400_000))
    if (world.chance(0.15)) this.note(incident, later(5_000, 400_000))
  }

  /** The seed's short message, which tells of no end: the same comes again and again. */
  private breaksAsOfOld(): void {
    const { world } = this
    const at = Math.floor(world.random() * 90_000)
    this.accepted.push({ project: 'shop', dedupKey: 'seed:*' })
    for (let time = 0; time < world.pick([1, 2, 6]); time++)
      this.after(at + time * 45_000, () => this.cloud.events.send({ projectName: 'shop', message: 'it broke' }, 0))
  }

  private resolve(incident: string, afterMs: number): void {
    this.after(afterMs, () =>
      this.act(async (io) => {
        const { generation, ...of } = parseReference(incident)
        const { state } = await dispatchToIncident(
          of,
          { event: { type: 'resolve', generation, via: 'cli', by: chen } },
          io,
        )
        if (isOf(state, generation)) this.promised.push({ incident, what: 'resolved' })
      }),
    )
  }

  private note(incident: string, afterMs: number): void {
    const text = `looked at it, ${this.promised.length}.${afterMs}`
    this.after(afterMs, () =>
      this.act(async (io) => {
        const { generation, ...of } = parseReference(incident)
        if ((await readIncident(of, io.incidents)) === undefined) return
        const { state } = await dispatchToIncident(of, { event: { type: 'note', generation, by: 'chen', text } }, io)
        if (state !== undefined) this.promised.push({ incident, what: 'noted', text })
      }),
    )
  }

  private async takeByLink(incident: string, io: EngineIo): Promise<boolean> {
    const { generation, ...of } = parseReference(incident)
    const token = signLink({ incident, expiresAt: io.now() + 3_600_000 }, SECRET)
    const deps = {
      secret: SECRET,
      directory: async (project: string) => (await this.cloud.directory(project)) ?? this.setting.directory,
    }
    // The preview of a chat acknowledges nothing.
    const seen = await takeLink(token, undefined, [], deps, io)
    if (seen.result !== 'asked') return false
    const taken = await takeLink(token, { contact: 'chen' }, [], deps, io)
    if (taken.result !== 'pressed') return false
    return isOf(await readIncident(of, io.incidents), generation)
  }

  private after(delayMs: number, work: () => void): void {
    this.busyUntil = Math.max(this.busyUntil, this.world.now + delayMs)
    this.world.after(delayMs, work)
  }

  private act(work: (io: EngineIo) => Promise<void>): void {
    void this.cloud.invoke('acknowledge', work).catch(() => {})
  }
}

async function takeByCli(incident: string, io: EngineIo): Promise<boolean> {
  const { generation, ...of } = parseReference(incident)
  const { state } = await dispatchToIncident(
    of,
    { event: { type: 'acknowledge', generation, via: 'cli', by: chen } },
    io,
  )
  return isOf(state, generation)
}

/** Whether there is such an incident, and it has not gone on to its next generation meanwhile. */
function isOf(incident: Incident | undefined, generation: number): boolean {
  return incident?.generation === generation
}
