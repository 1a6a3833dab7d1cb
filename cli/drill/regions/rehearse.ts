import type { Instant } from '../../../shared/contracts/words.ts'
import type { PhoneAction } from '../stage.ts'
import { type IncidentKey, PROMISE_MS, type Region, regions } from './cast.ts'
import type { RegionEvent, RegionStage } from './stage.ts'

export interface RegionsIo {
  /** Told of each event as it happens. */
  tell(event: RegionEvent): void
  now(): Instant
  /** Resolves after `ms`; rejects when the rehearsal is called off. */
  wait(ms: number): Promise<void>
}

export interface RegionsRehearsal {
  events: RegionEvent[]
  /** What was waited for in vain; the rest of the script was not played. */
  stuck?: Awaited
}

/** What a scene waits for. */
export type Awaited =
  | { for: 'ring'; region: Region }
  | { for: 'acknowledged' | 'resolved'; region: Region; incident: IncidentKey }
  | { for: 'silence'; region: Region }

/** After the end nothing may happen for so long, ms. */
const QUIET_MS = 3_000

const LOOK_EVERY_MS = 50

const [first, second] = regions

/** What whoever is called from a region does; from any other one the phone rings on. */
type Hands = { takesIt: Region }

/**
 * Plays the script: a page while both regions are well; the first one is killed in the middle of a ring and comes back; then they are cut
 * off from each other and meet again. Resolves with what happened, whether it is good or bad; rejects when it is called off.
 */
export async function rehearseRegions(stage: RegionStage, io: RegionsIo): Promise<RegionsRehearsal> {
  const events: RegionEvent[] = []
  const hands: Hands = { takesIt: first }
  stage.listen((event) => {
    if (events.some((known) => isSame(known, event))) return
    events.push(event)
    io.tell(event)
    const action = actionFor(event, hands)
    if (action === undefined || !('call' in event)) return
    stage.phone(event.region, event.call, action).catch((error: unknown) => {
      const trouble = { of: 'rehearsal' as const, reason: String(error) }
      io.tell({ type: 'trouble', at: io.now(), region: event.region, trouble })
    })
  })

  async function until(...awaited: Awaited[]): Promise<void> {
    const since = events.findLastIndex(({ type }) => type === 'alert')
    const end = io.now() + PROMISE_MS
    for (const one of awaited)
      while (!hasCome(one, events, since)) {
        if (io.now() >= end) throw new InVain(one)
        await io.wait(LOOK_EVERY_MS)
      }
  }
  const inBoth = (what: 'acknowledged' | 'resolved', incident: IncidentKey) =>
    regions.map((region) => ({ for: what, region, incident }))
  async function isOver(incident: IncidentKey) {
    await stage.alert(incident, 'resolve')
    await until(...inBoth('resolved', incident))
  }

  async function bothWell() {
    await stage.alert('both-well', 'trigger')
    await until(...inBoth('acknowledged', 'both-well'))
    await isOver('both-well')
  }
  async function firstKilled() {
    hands.takesIt = second
    await stage.alert('first-killed', 'trigger')
    await until({ for: 'ring', region: first })
    await stage.kill(first)
    await until({ for: 'acknowledged', region: second, incident: 'first-killed' })
    await stage.start(first)
    await until({ for: 'acknowledged', region: first, incident: 'first-killed' })
    await isOver('first-killed')
  }
  async function apart() {
    stage.cut()
    await stage.alert('apart', 'trigger')
    await until({ for: 'ring', region: first }, { for: 'acknowledged', region: second, incident: 'apart' })
    stage.mend()
    await until({ for: 'acknowledged', region: first, incident: 'apart' }, { for: 'silence', region: first })
    await isOver('apart')
  }

  await Promise.all(regions.map((region) => stage.start(region)))
  try {
    await bothWell()
    await firstKilled()
    await apart()
  } catch (error) {
    if (error instanceof InVain) return { events, stuck: error.awaited }
    throw error
  }
  await io.wait(QUIET_MS)
  return { events }
}

class InVain extends Error {
  readonly awaited: Awaited
  constructor(awaited: Awaited) {
    super(awaited.for)
    this.awaited = awaited
  }
}

/** A region that comes back tells its timelines from the start. */
function isSame(known: RegionEvent, event: RegionEvent): boolean {
  return known.type === 'entry' && event.type === 'entry' && JSON.stringify(known) === JSON.stringify(event)
}

function actionFor(event: RegionEvent, { takesIt }: Hands): PhoneAction | undefined {
  if ((event.type !== 'ring' && event.type !== 'listening') || event.region !== takesIt) return undefined
  return event.type === 'ring' ? 'answer' : 'acknowledge'
}

/** Whether something has come since the event at an index. */
function hasCome(awaited: Awaited, events: RegionEvent[], since: number): boolean {
  const recent = events.slice(since)
  const of = (type: 'ring' | 'ended') =>
    recent.filter((event) => event.type === type && event.region === awaited.region).length
  if (awaited.for === 'ring') return of('ring') > 0
  if (awaited.for === 'silence') return of('ended') >= of('ring')
  return events.some(
    (event) =>
      event.type === 'entry' &&
      event.region === awaited.region &&
      event.incident === awaited.incident &&
      event.entry.kind === awaited.for,
  )
}
