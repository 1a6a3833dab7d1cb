import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { localCredentials } from '../../../local/resources.ts'
import { sqsSender } from '../../../shared/clouds/aws/sqs-sender.ts'
import { queueText } from '../../../shared/contracts/queue-text.ts'
import type { Instant } from '../../../shared/contracts/words.ts'
import { playPhone } from '../local-console.ts'
import { GUARD_MS, type IncidentKey, project, type Region, regions } from './cast.ts'
import { fenghuoYml, oncallYml } from './files.ts'
import { startWayOut, type WayOut } from './links.ts'
import type { FromRegion, ServeOptions } from './serve.ts'
import type { RegionEvent, RegionStage } from './stage.ts'

interface RegionsOptions {
  /** The project's folder. */
  root: string
  /** A folder for this rehearsal alone. */
  dataDir: string
  now(): Instant
  /** In order; one is alone, as without `regions`. Default: two. */
  order?: readonly Region[]
  guardMs?: number
  /** A region that works when the others leave it time: on AWS none takes another one's. */
  aside?: Region
}

/** How long a region may take to come up, ms: a machine that is busy starts a process slowly. */
const START_MS = 60_000

/** A sender does not wait longer for a queue, ms. */
const SEND_MS = 2_000

type Ready = Extract<FromRegion, { is: 'ready' }>

/** A region that runs. */
interface Running extends Ready {
  child: ChildProcess
}

const served = fileURLToPath(new URL('serve.ts', import.meta.url))

/** Regions as process groups, each with queues, tables, functions and phones of its own. Nothing leaves this machine. */
export async function startRegions(options: RegionsOptions): Promise<RegionStage & { stop(): Promise<void> }> {
  const { root, dataDir, now, order = regions, guardMs = GUARD_MS, aside } = options
  const config = join(dataDir, 'fenghuo.yml')
  const oncall = join(dataDir, 'oncall.yml')
  writeFileSync(config, fenghuoYml({ order, guardMs }))
  writeFileSync(oncall, oncallYml())
  const secret = randomBytes(32).toString('hex')
  for (const region of regions) {
    mkdirSync(join(dataDir, region))
    writeFileSync(join(dataDir, region, 'secret'), secret, { mode: 0o600 })
  }
  const running = new Map<Region, Running>()
  const children = new Set<ChildProcess>()
  let tell: (event: RegionEvent) => void = () => {}
  const addressOf = (region: string, service: string) => {
    const found = running.get(region as Region)
    return service === 'lambda' ? found?.lambda : found?.sqs
  }
  const ways = Object.fromEntries(
    await Promise.all(regions.map(async (region) => [region, await startWayOut(addressOf)])),
  ) as Record<Region, WayOut>

  function run(region: Region): ChildProcess {
    const own: ServeOptions = {
      ...{ region, root, config, oncall },
      ...{ dataDir: join(dataDir, region), othersUrl: ways[region].url },
    }
    const child = fork(served, [JSON.stringify(own)], { detached: true, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    children.add(child)
    if (region === aside && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
    child.once('exit', () => {
      children.delete(child)
      if (running.get(region)?.child === child) running.delete(region)
    })
    return child
  }

  return {
    listen(listener) {
      tell = listener
    },
    async start(region) {
      const child = run(region)
      const ready = await comesUp(child, (event) => tell(event))
      running.set(region, { ...ready, child })
      tell({ type: 'region', at: now(), region, is: 'started' })
    },
    async kill(region) {
      const child = running.get(region)?.child
      if (child !== undefined) await end(child)
      tell({ type: 'region', at: now(), region, is: 'killed' })
    },
    cut() {
      for (const region of regions) ways[region].isCut = true
      tell({ type: 'link', at: now(), is: 'cut' })
    },
    mend() {
      for (const region of regions) ways[region].isCut = false
      tell({ type: 'link', at: now(), is: 'mended' })
    },
    async alert(incident, action) {
      tell({ type: 'alert', at: now(), incident, is: action === 'trigger' ? 'sent' : 'over' })
      await Promise.all([...running.values()].map((region) => send(region, incident, action, now)))
    },
    async phone(region, call, action) {
      const found = running.get(region)
      if (found === undefined) throw new Error(`${region} is not there`)
      await playPhone(found.console, call, action)
    },
    async stop() {
      await Promise.all([...children].map(end))
      await Promise.all(regions.map((region) => ways[region].stop()))
    },
  }
}

/** Resolves with where a region is reached. Rejects with what it has said when it ends instead, or takes too long. */
function comesUp(child: ChildProcess, tell: (event: RegionEvent) => void): Promise<Ready> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (text) => {
      said = (said + String(text)).slice(-4_000)
    })
    const limit = setTimeout(() => reject(new Error(`a region does not come up: ${said}`)), START_MS)
    child.once('exit', () => reject(new Error(`a region has ended: ${said}`)))
    child.on('message', (message: FromRegion) => {
      if (message.is === 'event') return tell(message.event)
      clearTimeout(limit)
      resolve(message)
    })
  })
}

/** Ends the whole group at once, as a region that is lost. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  process.kill(-child.pid, 'SIGKILL')
  await gone
}

function send({ sqs, events }: Ready, incident: IncidentKey, action: 'trigger' | 'resolve', now: () => Instant) {
  const alert = { action, project, dedupKey: incident, severity: 'critical', summary: incident, source: 'drill' }
  const queue = { queueUrl: events, endpoint: sqs, credentials: localCredentials, now, random: Math.random }
  return sqsSender(queue)(queueText({ v: 1, kind: 'alerts', alerts: [alert] }), now() + SEND_MS)
}
