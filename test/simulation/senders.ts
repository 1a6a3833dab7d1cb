import type { Severity } from '../../shared/contracts/words.ts'
import type { Cloud } from './cloud.ts'
import type { Deciders } from './deciders.ts'
import { type Odds, oddsIn } from './odds.ts'
import type { Pausers } from './pausers.ts'
import type { People } from './people.ts'
import { Redirectors } from './redirectors.ts'
import { CANARY, clusterOf, edit, groupKeyOf, LABEL, type Setting } from './setting.ts'
import type { World } from './world.ts'

type Action = 'trigger' | 'acknowledge' | 'resolve'

/** What a sender said of one thing, when our queue took it. */
export interface Said {
  project: string
  dedupKey: string
  action: Action
  at: number
}

/** What nobody can read has this in it. */
export const GARBAGE = 'garbage'

/** Further from the right time than any machine of ours is, ms. */
const LIES = [-3_600_000, -600_000, 300_000, 3_600_000]

const MINUTE = 60_000

/** Turns change after seven minutes of a night: what breaks may go on for so long, in a world of the usual pace, ms. */
const NIGHTLY_MS = 25 * MINUTE

/** Of what breaks, to be over in the end where not everything is in a world. */
const ENDS_AT_LAST = 0.98

/** Other systems that tell of what breaks. Some have clocks that are wrong, some send what nobody can read. */
export class Senders {
  /** What the events queue took; a key ends with `*` where only its beginning is known. */
  readonly accepted: { project: string; dedupKey: string }[] = []
  readonly said: Said[] = []
  /** Messages and parts of messages that nobody can read. */
  garbage = 0
  /** When the alert that no storm may delay was sent. */
  canaryAt: number | undefined
  private readonly world: World
  private readonly cloud: Cloud
  private readonly people: People
  private readonly lie: number
  /** In place of when it is sent: when the trouble began. */
  private readonly tellsOfBeginnings: boolean

  private readonly odds: Odds
  private readonly pausers: Pausers
  private readonly deciders: Deciders
  private readonly redirectors: Redirectors

  constructor(world: World, cloud: Cloud, people: People, pausers: Pausers, deciders: Deciders) {
    this.world = world
    this.cloud = cloud
    this.people = people
    this.pausers = pausers
    this.deciders = deciders
    this.redirectors = new Redirectors(world, cloud, people)
    this.lie = world.chance(0.2) ? world.pick(LIES) : 0
    this.tellsOfBeginnings = world.chance(0.1)
    this.odds = oddsIn(world)
  }

  /** All that breaks in the next minutes. */
  live(setting: Setting): void {
    const { world, people } = this
    const isAlone = world.size.isEachAlone && (setting.storms || setting.config.checks.length > 0)
    if (!isAlone) this.breakOneByOne(setting)
    if (setting.storms) this.storm()
    else if (world.chance(0.15))
      people.after(Math.floor(world.random() * 400_000 * world.size.pace), () => edit(setting, world))
  }

  private breakOneByOne(setting: Setting): void {
    const { world } = this
    const areMore = setting.pauses || setting.redirects
    const count = world.pick(areMore ? world.size.incidentsOfPauses : world.size.incidents)
    // What has one cause breaks at once.
    const spread = world.pick([90_000, 90_000, 90_000, 5_000, 50])
    const broken = Array.from({ length: count }, (_, index) =>
      this.breaks(`check-${index}`, Math.floor(world.random() * spread), setting),
    )
    if (setting.redirects) this.redirectors.redirect(broken)
    // Of a storm's members only those are known that have a key of their own.
    if (!setting.storms && world.chance(world.size.shortMessages)) this.breaksAsOfOld()
    if (world.chance(world.size.garbage)) this.sendGarbage()
  }

  /** Something breaks, and its sender tells of it more than once. */
  private breaks(dedupKey: string, at: number, setting: Setting): { incident: string; at: number } {
    const { world } = this
    const odds = this.odds
    const people = this.people
    const project = world.pick(['pay', 'shop'])
    const first: Severity = world.pick(['critical', 'critical', 'critical', 'critical', 'error', 'warning'])
    const incident = `${project}#1#${groupKeyOf(setting, { project, dedupKey })}`
    const labels = setting.pauses ? { labels: { [LABEL]: clusterOf(dedupKey) } } : {}
    const began = world.now + at
    let toldUntil = at
    const send = (action: Action, delay: number, changes: { summary?: string; severity?: Severity } = {}) => {
      if (action === 'trigger') toldUntil = Math.max(toldUntil, delay)
      people.after(delay, () => {
        this.say(project, dedupKey, action)
        const time = this.tellsOfBeginnings ? began : world.now + this.lie
        const alert = {
          project,
          dedupKey,
          source: 'sender',
          summary: 'broken',
          severity: first,
          action,
          at: time,
          ...labels,
        }
        this.cloud.events.send({ v: 1, kind: 'alerts', alerts: [{ ...alert, ...changes }] }, 0)
      })
    }
    const later = (least: number, most: number) => at + least + Math.floor(world.random() * most * world.size.pace)
    const endsAfter = (most: number) => at + 20_000 + Math.floor(world.random() * most * world.size.lasts)

    this.accepted.push({ project, dedupKey })
    send('trigger', at)
    if (world.chance(odds.toldAgain)) send('trigger', at + world.pick([10, 20_000]))
    if (world.chance(odds.swings)) this.swing((severity, delay) => send('trigger', later(delay, 200_000), { severity }))
    // It says something else all the time: lines of the history that nothing else follows from.
    if (world.chance(odds.babbles))
      for (let more = 1; more <= world.size.babbles; more++)
        send('trigger', at + 100_000 + more * world.pick([50, 1_000]), { summary: `broken ${more}` })
    if (world.chance(odds.ends)) send('resolve', later(30_000, 600_000))
    if (world.chance(odds.takenBySender)) send('acknowledge', later(10_000, 300_000))
    if (world.chance(odds.toldLate)) send('trigger', later(300_000 * world.size.pace, 600_000))
    if (world.chance(odds.endsAndComesBack)) {
      // It is over and back, and somebody takes what is over.
      send('resolve', at + MINUTE)
      send('trigger', at + 2 * MINUTE)
      people.take(incident, later(2 * MINUTE, MINUTE))
    }
    if (world.chance(odds.taken)) people.take(incident, later(40_000, 200_000))
    if (world.chance(odds.closed)) people.resolve(incident, later(10_000, 400_000))
    if (world.chance(odds.noted)) people.note(incident, later(5_000, 400_000))
    if (world.chance(odds.meddledWith)) people.meddle(incident, later(20_000, 300_000))
    // What nobody takes and nothing ends goes on for most of an hour; where there are pauses somebody closes everything.
    if (world.size.isSwarm && !setting.pauses && world.chance(ENDS_AT_LAST))
      send('resolve', Math.max(endsAfter(setting.night ? NIGHTLY_MS : 400_000), toldUntil + later(0, 120_000) - at))
    if (setting.pauses) this.pausers.pause(incident, at)
    if (setting.night) this.deciders.decide(incident, at)
    return { incident, at }
  }

  /** It gets worse or better, once or more. */
  private swing(send: (severity: Severity, delay: number) => void): void {
    const { world } = this
    const times = world.pick([1, 1, 3])
    for (let time = 0; time < times; time++)
      send(world.pick(['critical', 'error', 'warning'] as const), time * 2 * MINUTE)
  }

  /** The seed's short message, which tells of no end: the same comes again and again. */
  private breaksAsOfOld(): void {
    const { world } = this
    const people = this.people
    const at = Math.floor(world.random() * 90_000)
    this.accepted.push({ project: 'shop', dedupKey: 'seed:*' })
    for (let time = 0; time < world.pick([1, 2, 6]); time++)
      people.after(at + time * 45_000, () => this.cloud.events.send({ projectName: 'shop', message: 'it broke' }, 0))
  }

  private sendGarbage(): void {
    const { world } = this
    const people = this.people
    const good = { project: 'pay', dedupKey: 'beside', summary: 'broken', severity: 'error', action: 'trigger' }
    const bad = { project: 'pay', dedupKey: GARBAGE, action: 'explode' }
    const pack = (...alerts: object[]) => ({ v: 1, kind: 'alerts', alerts })
    const kinds = [
      `{ "${GARBAGE}`,
      { [GARBAGE]: true },
      pack(bad),
      pack(good, bad),
      { v: 1, kind: 'report', [GARBAGE]: 1 },
    ]
    for (const body of [world.pick(kinds), world.pick(kinds)]) {
      this.garbage++
      if (typeof body === 'object' && 'alerts' in body && body.alerts.includes(good))
        this.accepted.push({ project: 'pay', dedupKey: 'beside' })
      people.after(Math.floor(world.random() * 200_000), () => this.cloud.events.send(body, 0))
    }
  }

  /** Many things break at once in one project, and one in another. */
  private storm(): void {
    const { world } = this
    const people = this.people
    const at = 20_000 + Math.floor(world.random() * 60_000)
    const severity = world.pick(['critical', 'error'] as const)
    for (let pack = 0; pack < world.size.packs; pack++) {
      const keys = Array.from(
        { length: 1 + Math.floor(world.random() * world.size.packed) },
        (_, index) => `storm-${pack}-${index}`,
      )
      const send = (action: Action, delay: number) =>
        people.after(delay, () => {
          const alerts = keys.map((dedupKey) => ({ project: 'shop', dedupKey, summary: 'broken', severity, action }))
          this.cloud.events.send({ v: 1, kind: 'alerts', alerts }, 0)
        })
      this.accepted.push(...keys.map((dedupKey) => ({ project: 'shop', dedupKey })))
      send('trigger', at + pack * 3_000)
      if (world.chance(0.5)) send('resolve', at + 3 * MINUTE + pack * 20_000)
    }
    this.accepted.push({ project: CANARY, dedupKey: 'canary' })
    people.after(at + Math.floor(world.random() * 15_000), () => {
      this.canaryAt = world.now
      this.say(CANARY, 'canary', 'trigger')
      const alert = { project: CANARY, dedupKey: 'canary', summary: 'broken', severity: 'critical', action: 'trigger' }
      this.cloud.events.send({ v: 1, kind: 'alerts', alerts: [alert] }, 0)
    })
  }

  private say(project: string, dedupKey: string, action: Action): void {
    this.said.push({ project, dedupKey, action, at: this.world.now })
  }
}
