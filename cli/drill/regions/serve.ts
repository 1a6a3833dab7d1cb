import { startStack } from '../../../local/stack.ts'
import { dynamoDb } from '../../../shared/clouds/aws/dynamodb.ts'
import { dynamoTable } from '../../../shared/clouds/aws/table.ts'
import type { TimelineEntry } from '../../../shared/incidents/timeline-entry.ts'
import { readTimeline } from '../../../shared/store/incidents.ts'
import { localEnv } from '../local-env.ts'
import { stageEventOf } from '../stack-event.ts'
import { type IncidentKey, incidents, project, type Region } from './cast.ts'
import type { RegionEvent } from './stage.ts'

// One region of a rehearsal, in a process of its own: its parent says which, and is told what happens.

/** What the parent says, as the only argument. */
export interface ServeOptions {
  region: Region
  root: string
  dataDir: string
  config: string
  oncall: string
  othersUrl: string
}

/** What the parent is told. */
export type FromRegion =
  | { is: 'ready'; sqs: string; lambda: string; console: string; events: string }
  | { is: 'event'; event: RegionEvent }

/** Watch sends again what has not arrived, and keeps the region's canary fresh: more often than a cloud's timer, as a rehearsal is short. */
const WATCH_EVERY_MS = 10_000

const LOOK_EVERY_MS = 100

await serve(JSON.parse(process.argv[2] ?? '') as ServeOptions)

async function serve({ region, othersUrl, ...options }: ServeOptions): Promise<void> {
  const stack = await startStack({
    ...options,
    port: 0,
    env: {},
    now: Date.now,
    timers: { watch: WATCH_EVERY_MS },
    interactive: false,
    region: { name: region, othersUrl },
    onEvent(event) {
      const meaning = stageEventOf(event)
      if (meaning === undefined) return
      const { type, at } = meaning
      if (type === 'ring' || type === 'listening' || type === 'ended')
        tell({ is: 'event', event: { type, at, region, call: meaning.call, phone: meaning.phone } })
      if (type === 'trouble') tell({ is: 'event', event: { type, at, region, trouble: meaning.trouble } })
    },
  })
  process.once('disconnect', () => process.exit())
  const { addresses } = stack
  const { sqs, console: url, lambda = '', queues, tables } = addresses
  tell({ is: 'ready', sqs, lambda, console: url, events: queues.events ?? '' })
  const table = dynamoTable(dynamoDb(localEnv(addresses)), tables.incidents ?? '')
  const known = new Set<string>()
  for (;;) {
    for (const incident of incidents)
      for (const entry of await linesOf(incident)) {
        const line = JSON.stringify([incident, entry])
        if (known.has(line)) continue
        known.add(line)
        tell({ is: 'event', event: { type: 'entry', at: entry.at, region, incident, entry } })
      }
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS))
  }

  async function linesOf(groupKey: IncidentKey): Promise<TimelineEntry[]> {
    return readTimeline({ project, groupKey }, { incidents: table, log: () => {} })
  }
}

function tell(message: FromRegion): void {
  process.send?.(message)
}
