import type { MachineName } from '../../shared/engine/intake.ts'
import { LINK_MS, signLink } from '../../shared/incidents/acknowledge-link.ts'
import { heartbeatKey, recipientKey, vantageKey, verdictKey } from '../../shared/store/keys.ts'
import type { RowKey } from '../../shared/store/table.ts'
import { someCheck } from '../checks/records.ts'
import { WayIn } from '../ingest/requests.ts'
import { MemoryTable } from '../store/memory-table.ts'
import { directory, PathWorld } from './world.ts'

export const vantage = 'aws/ap-southeast-1'
const web = someCheck({ name: 'web', from: [vantage] })
export const job = someCheck({ name: 'job', kind: 'heartbeat', from: [], isPassive: true })

/** Which machine an item is of. */
const prefixes: Record<MachineName, string> = {
  vantage: 'vantage#',
  heartbeat: 'heartbeat#',
  verdict: 'verdict#',
  incident: 'incident#',
  'phone line': 'phone-line#',
  'recipient queue': 'recipient#',
  duty: 'duty#',
}

/** Notes of which machines items are read by themselves, or written, as whatever gets an event is. */
class NotingTable extends MemoryTable {
  readonly #noted: MachineName[]

  constructor(noted: MachineName[]) {
    super()
    this.#noted = noted
  }

  #note({ pk }: RowKey) {
    const machines = Object.keys(prefixes) as MachineName[]
    this.#noted.push(...machines.filter((one) => pk.startsWith(prefixes[one])))
  }

  override get(key: RowKey) {
    this.#note(key)
    return super.get(key)
  }

  override putIfVersion(...[row, expected]: Parameters<MemoryTable['putIfVersion']>) {
    this.#note(row)
    return super.putIfVersion(row, expected)
  }
}

/** Machines whose items an intake has read or written, kinds of what it has put on the events queue, and how many messages it has sent. */
type Found = { machines: MachineName[]; events: string[]; told: number }

/** A path whose intakes are noted: what each reads, writes and sends. */
export class NotingWorld extends PathWorld {
  readonly found: Found = { machines: [], events: [], told: 0 }
  override readonly incidents = new NotingTable(this.found.machines)
  override readonly checks = new NotingTable(this.found.machines)
  readonly way = new WayIn()

  constructor() {
    super({ checks: [web, job] })
    this.way.options.aws = { events: ['emr'] }
    this.way.now = this.now
  }

  readonly send = async (messages: string[]) => {
    this.found.events.push(...messages.map((message) => JSON.parse(message).kind))
  }
  get jobIo() {
    const checks = new Set([job.id])
    return { secret: 'secret', checks, now: () => this.now, send: (one: string) => this.send([one]), log: () => {} }
  }
  get wayIo() {
    return { ...this.way.io, send: this.send }
  }
  get linkDeps() {
    const contacts = { lin: { name: '林悦', wecom: 'LinYue' } }
    const told = { language: 'zh', timezone: 'Asia/Shanghai', projects: ['pay'] } as const
    return { secret: 'secret', directory: async () => ({ ...directory, contacts }), ...told }
  }
  get token() {
    return signLink({ incident: 'pay#1#web', contact: 'lin', expiresAt: this.now + LINK_MS }, 'secret')
  }
}

/** What a run of the probe says of `web`. */
export const report = (now: number) => ({
  v: 1,
  kind: 'report',
  vantage,
  runner: { function: 'probe', run: 'r1', version: '1', startedAt: now, finishedAt: now, coldStart: false },
  observations: [{ check: web.id, project: 'pay', at: now, outcome: 'up' }],
})

/** `web` of `pay` is down, and Lin's phone rings; every machine has an item, which is due. */
export async function begun(): Promise<NotingWorld> {
  const world = new NotingWorld()
  await world.alert('trigger')
  await world.settle()
  const items: [RowKey, object][] = [
    [vantageKey(vantage, 'probe'), { vantage, function: 'probe', heardAt: world.now, records: '', faults: {} }],
    [heartbeatKey(job.id), { check: job.id, watchedSince: world.now, lateAt: world.now + 60_000 }],
    [verdictKey(web.id), { id: web.id, verdict: 'unknown', since: world.now, open: {}, lastAlertAt: world.now }],
  ]
  for (const [key, state] of items)
    await world.checks.putIfVersion({ ...key, version: 1, v: 1, state: JSON.stringify(state) }, 0)
  const pace = { posts: 6, windowMs: 30_000 }
  const queue = { recipient: 'robot#one', pace, seq: 1, turnAt: world.now, waiting: [], posting: [], recent: [] }
  const row = { ...recipientKey('robot#one'), version: 1, v: 1, state: JSON.stringify(queue) }
  await world.incidents.putIfVersion(row, 0)
  const isMachines = ({ pk }: RowKey) => Object.values(prefixes).some((prefix) => pk.startsWith(prefix))
  for (const { rows } of [world.incidents, world.checks])
    for (const [name, one] of rows)
      if (one.version !== undefined && isMachines(one)) rows.set(name, { ...one, dueAt: world.now })
  world.found.machines.splice(0)
  return world
}
