import { takeTextReplies } from '../../shared/engine/answers/take-text-reply.ts'
import { takeAction } from '../../shared/engine/console/take-action.ts'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import type { PersonName } from '../../shared/incidents/notice.ts'
import { parseReference } from '../../shared/incidents/reference.ts'
import { readIncident } from '../../shared/store/incidents.ts'
import type { Cloud } from './cloud.ts'
import { type Meddling, meddleWithLink, meddlings, pressCard, pressLink } from './links.ts'
import { withoutPhoneLines } from './store.ts'
import type { World } from './world.ts'

/** What somebody was told has been done, and must stay so. */
export interface Promised {
  incident: string
  what: 'taken' | 'resolved' | 'noted'
  at: number
  /** Of what is taken. */
  by?: string
  /** Of a note. */
  text?: string
}

/** By what people take incidents, beside the keys of their calls. */
export type Way = 'cli' | 'link' | 'card' | 'console' | 'text'
export const everyWay: readonly Way[] = ['cli', 'link', 'card', 'console', 'text']

const chen: PersonName = { contact: 'chen', name: 'chen' }

/** Who works on incidents. */
export class People {
  readonly promised: Promised[] = []
  /** Incidents that somebody has set out to take, or to resolve. */
  readonly acted: { incident: string; what: 'take' | 'resolve' }[] = []
  /** What came of links that acknowledge nothing. */
  readonly meddled: { incident: string; how: Meddling; result: string }[] = []
  /** Incidents taken by a function that died before it called the calls off. */
  readonly abandoned = new Set<string>()
  /** Until then they have plans, UTC ms. */
  busyUntil = 0
  ways: readonly Way[] = ['cli', 'link']
  private readonly world: World
  private readonly cloud: Cloud

  constructor(world: World, cloud: Cloud) {
    this.world = world
    this.cloud = cloud
  }

  /** Somebody takes an incident after a while, ms. Some functions do not live to call the calls off. */
  take(incident: string, afterMs: number, by = chen): void {
    const { world } = this
    const dies = world.chance(0.3)
    if (dies) this.abandoned.add(incident)
    const how = world.pick(this.ways)
    this.acted.push({ incident, what: 'take' })
    this.after(afterMs, () =>
      this.act(async (io) => {
        const mortal = dies ? { ...io, incidents: withoutPhoneLines(io.incidents) } : io
        if (await takeBy(how, incident, by, this.cloud, mortal))
          this.promised.push({ incident, what: 'taken', at: world.now, by: by.name })
      }),
    )
  }

  resolve(incident: string, afterMs: number): void {
    this.acted.push({ incident, what: 'resolve' })
    this.after(afterMs, () =>
      this.act(async (io) => {
        const { generation, ...of } = parseReference(incident)
        const event = { type: 'resolve', generation, via: 'cli', by: chen } as const
        const { state } = await dispatchToIncident(of, { event }, io)
        if (isOf(state, generation)) this.promised.push({ incident, what: 'resolved', at: this.world.now })
      }),
    )
  }

  note(incident: string, afterMs: number): void {
    const text = `looked at it, ${this.promised.length}.${afterMs}`
    this.after(afterMs, () =>
      this.act(async (io) => {
        const { generation, ...of } = parseReference(incident)
        if ((await readIncident(of, io.incidents)) === undefined) return
        const { state } = await dispatchToIncident(of, { event: { type: 'note', generation, by: 'chen', text } }, io)
        if (state !== undefined) this.promised.push({ incident, what: 'noted', text, at: this.world.now })
      }),
    )
  }

  /** Somebody, or a machine, does with a link what must change nothing. */
  meddle(incident: string, afterMs: number): void {
    const how = this.world.pick(meddlings)
    this.after(afterMs, () =>
      this.act(async (io) => {
        const result = await meddleWithLink(incident, how, this.cloud, io)
        this.meddled.push({ incident, how, result })
      }),
    )
  }

  after(delayMs: number, work: () => void): void {
    this.busyUntil = Math.max(this.busyUntil, this.world.now + delayMs)
    this.world.after(delayMs, work)
  }

  private act(work: (io: EngineIo) => Promise<void>): void {
    void this.cloud.invoke('acknowledge', work).catch(() => {})
  }
}

function takeBy(way: Way, incident: string, by: PersonName, cloud: Cloud, io: EngineIo): Promise<boolean> {
  if (way === 'cli') return takeByCli(incident, by, io)
  if (way === 'console') return takeOnConsole(incident, io)
  if (way === 'text') return takeByText(incident, cloud, io)
  return way === 'link'
    ? pressLink(incident, by.name, cloud, io)
    : pressCard(incident, 'acknowledge', undefined, cloud, io)
}

async function takeOnConsole(incident: string, io: EngineIo): Promise<boolean> {
  const { generation, ...of } = parseReference(incident)
  const seen = await readIncident(of, io.incidents)
  if (!isOf(seen, generation)) return false
  const request = { number: seen?.number ?? 0, by: chen, via: 'console' } as const
  const { result } = await takeAction({ do: 'acknowledge' }, request, io)
  return result === 'done' || result === 'late'
}

/** A text of their own, to the number that texted them: `ack 1024`. */
async function takeByText(incident: string, cloud: Cloud, io: EngineIo): Promise<boolean> {
  const { generation, ...of } = parseReference(incident)
  const seen = await readIncident(of, io.incidents)
  const phone = cloud.everybody.contacts.chen?.phone
  if (seen?.generation !== generation || phone === undefined) return false
  const directory = async (project: string) => (await cloud.directory(project)) ?? cloud.everybody
  const deps = { projects: [of.project], directory, language: 'en' } as const
  await takeTextReplies([{ phone, text: `ack ${seen.number}`, once: incident }], deps, io)
  return true
}

async function takeByCli(incident: string, by: PersonName, io: EngineIo): Promise<boolean> {
  const { generation, ...of } = parseReference(incident)
  const event = { type: 'acknowledge', generation, via: 'cli', by } as const
  const { state } = await dispatchToIncident(of, { event }, io)
  return isOf(state, generation)
}

/** Whether there is such an incident, and it has not gone on to its next generation meanwhile. */
function isOf(incident: Incident | undefined, generation: number): boolean {
  return incident?.generation === generation
}
