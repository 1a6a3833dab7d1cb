import { dynamoDb } from '../shared/clouds/aws/dynamodb.ts'
import { dynamoTable } from '../shared/clouds/aws/table.ts'
import { forEachAtMost } from '../shared/contracts/at-most.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../shared/contracts/milliseconds.ts'
import type { Report } from '../shared/contracts/report.ts'
import { dayOf, hourOf } from '../shared/evaluation/history.ts'
import { checkKey } from '../shared/evaluation/record.ts'
import { type VantageState, vantageMachine, vantageShape } from '../shared/evaluation/vantage.ts'
import { type Incident, incidentShape } from '../shared/incidents/incident.ts'
import { rememberReport } from '../shared/store/history.ts'
import { dayShape, hourShape } from '../shared/store/history-shapes.ts'
import { dayKey, hourKey, incidentKey, vantageKey } from '../shared/store/keys.ts'
import { held } from '../shared/store/shape.ts'
import type { Row } from '../shared/store/table.ts'
import type { Harness } from './harness.ts'

/** Checks, and from where they are looked at, as the configuration has them. */
export interface Crowd {
  vantages: Record<string, string>
  checks: Record<string, object>
}

const FUNCTION = 'probe'
const PAST_DAYS = 90
const AT_ONCE = 4

/** So many checks `name-0`, `name-1`, …, each looked at from these places. */
export function watched(name: string, checks: number, regions: string[]): Crowd {
  const places = regions.map((_, index) => `${name}-${index}`)
  const check = (index: number) => ({ http: `https://${name}-${index}.example.com/`, from: places })
  return {
    vantages: Object.fromEntries(regions.map((region, index) => [`${name}-${index}`, `aws/${region}`])),
    checks: Object.fromEntries(Array.from({ length: checks }, (_, index) => [`${name}-${index}`, check(index)])),
  }
}

/** Keeps so many open incidents like one, opened second by second before it. */
export async function keepIncidents(harness: Harness, like: Incident, count: number): Promise<void> {
  const table = tableOf(harness, 'incidents')
  const rows = Array.from({ length: count }, (_, index): Row => {
    const incident = {
      ...like,
      groupKey: `key-${index}`,
      number: 2_000 + index,
      openedAt: like.openedAt - index * 1_000,
    }
    return {
      ...incidentKey(incident),
      version: 1,
      ...held(incident, incidentShape),
      listed: 'open',
      openedAt: incident.openedAt,
    }
  })
  await table.put(rows)
}

/** Keeps what probes have seen of checks each minute of the last hours, and what watch has made of it. */
export async function keepChecks(harness: Harness, { vantages, checks }: Crowd, hours: number): Promise<void> {
  const table = tableOf(harness, 'checks')
  const now = Date.now()
  const ids = Object.keys(checks).map((name) => `watched/${name}`)
  await forEachAtMost(
    Object.values(vantages),
    async (vantage) => {
      let state: VantageState | undefined
      // Two hours are summed up late at the most; as much is kept each minute.
      for (let at = hourOf(now); at < now; at += MINUTE_MS) {
        const report = reportOf(vantage, ids, at)
        await rememberReport(report, at, { checks: table })
        const event = { type: 'report' as const, report, sentAt: at, staleAfterMs: () => 5 * MINUTE_MS }
        state = vantageMachine.transition(state, event, at).state
      }
      const rows: Row[] = []
      if (state !== undefined) rows.push({ ...vantageKey(vantage, FUNCTION), version: 1, ...held(state, vantageShape) })
      for (let at = hourOf(now) - hours * HOUR_MS; at < hourOf(now); at += HOUR_MS)
        rows.push({
          ...hourKey(vantage, FUNCTION, at),
          ...held(
            ids.map((id) => hourOfCheck(id, at)),
            hourShape,
          ),
        })
      for (let day = 0; day < PAST_DAYS; day++) {
        const at = dayOf(now) - day * DAY_MS
        const known = ids.map((id) => ({ key: checkKey(id), upMs: DAY_MS - noise(at, 9) * 1_000, knownMs: DAY_MS }))
        rows.push({ ...dayKey(vantage, FUNCTION, at), ...held(known, dayShape) })
      }
      for (const row of rows) await table.put([row])
    },
    AT_ONCE,
  )
}

function reportOf(vantage: string, ids: string[], at: number): Report {
  return {
    ...{ v: 1, kind: 'report', vantage },
    runner: { function: FUNCTION, run: `run-${at}`, version: '1', startedAt: at, finishedAt: at, coldStart: false },
    observations: ids.map((check, index) => {
      const [dns = 0, connect = 0, tls = 0, firstByte = 0, download = 0] = phasesAt(at + index)
      const latencyMs = dns + connect + tls + firstByte + download
      return {
        check,
        project: 'watched',
        at,
        outcome: 'up',
        latencyMs,
        phases: { dns, connect, tls, firstByte, download },
      }
    }),
  }
}

function hourOfCheck(id: string, at: number) {
  const key = checkKey(id)
  return {
    ...{ key, runs: 60, up: 60, down: 0, upMs: HOUR_MS, knownMs: HOUR_MS },
    ...{ medianMs: noise(key + at, 180), p95Ms: noise(key - at, 400) },
    phases: phasesAt(key + at).map((medianMs) => ({ medianMs, p95Ms: 2 * medianMs + noise(key * at, 9) })),
  }
}

function phasesAt(seed: number): number[] {
  return [4, 20, 40, 110, 9].map((about, index) => noise(seed * (index + 1), about))
}

/** About so much, and no two alike: what is kept is packed. */
function noise(seed: number, about: number): number {
  return Math.round(about * (1 + Math.abs(Math.sin(seed * 12.9898)) / 2))
}

function tableOf({ env, addresses }: Harness, name: 'incidents' | 'checks') {
  return dynamoTable(dynamoDb(env), addresses.tables[name] ?? '')
}
