import { expect, it } from 'vitest'
import type { Entry } from '../../shared/contracts/machine.ts'
import type { Leads, MachineName } from '../../shared/engine/intake.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { effects } from '../../shared/engine/pipeline.ts'
import { sweepHeartbeat } from '../../shared/engine/verdicts/take-heartbeat.ts'
import { deliverVantage, type EvaluationConfig, sweepVerdict } from '../../shared/engine/verdicts/update-verdicts.ts'
import type { HeartbeatState } from '../../shared/evaluation/heartbeat.ts'
import type { UpdateEffect, VantageState } from '../../shared/evaluation/vantage.ts'
import type { VerdictEffect, VerdictState } from '../../shared/evaluation/verdict-state.ts'
import { heartbeatKey, vantageKey, verdictKey } from '../../shared/store/keys.ts'
import type { RowKey } from '../../shared/store/table.ts'
import { someCheck } from '../checks/records.ts'
import { MemoryTable } from '../store/memory-table.ts'
import { PathWorld } from './world.ts'

const NOW = Date.parse('2026-11-22T02:13:00+08:00')
const vantage = 'aws/ap-southeast-1'
const web = someCheck({ name: 'web', from: [vantage] })
const api = someCheck({ name: 'api', from: [vantage], dependsOn: web.id })
const job = someCheck({ name: 'job', kind: 'heartbeat', from: [], isPassive: true })

type Machine = 'vantage' | 'heartbeat' | 'verdict'
type Look = (key: RowKey, config: EvaluationConfig, io: EngineIo) => Promise<void>

/** Which machine an item is of that is written. */
const machines: [prefix: string, machine: MachineName][] = [
  ['vantage#', 'vantage'],
  ['heartbeat#', 'heartbeat'],
  ['verdict#', 'verdict'],
  ['incident#', 'incident'],
]

class WrittenTable extends MemoryTable {
  readonly written: RowKey[] = []

  override putIfVersion(...[row, expected]: Parameters<MemoryTable['putIfVersion']>) {
    this.written.push({ pk: row.pk, sk: row.sk })
    return super.putIfVersion(row, expected)
  }
}

type Effect = UpdateEffect | VerdictEffect

/** Has an item looked at that holds effects since a crash, and says which others were written then. */
async function written(key: RowKey, state: object, held: Effect[], look: Look): Promise<string[]> {
  const surroundings = new PathWorld({ checks: [web, api, job] })
  surroundings.now = NOW
  const [checks, incidents] = [new WrittenTable(), new WrittenTable()]
  const entryOf = (effect: Effect): Entry<unknown> => ({
    id: '1.0',
    effect,
    decidedAt: NOW,
    leaseUntil: 0,
    notBefore: 0,
    tries: 0,
    uncertain: 0,
  })
  const outbox = held.length === 0 ? {} : { outbox: JSON.stringify(held.map(entryOf)) }
  await checks.putIfVersion({ ...key, version: 1, v: 1, state: JSON.stringify(state), ...outbox }, 0)
  await look(key, surroundings.config, surroundings.io({ checks, incidents }))
  expect(surroundings.logged.filter(({ level }) => level === 'error')).toEqual([])
  expect((await checks.get(key))?.outbox, 'carried out').toBeUndefined()
  return [...checks.written, ...incidents.written].map(({ pk }) => pk).filter((pk) => pk !== key.pk)
}

/** Where an effect leads: to the machines of which items are written for its sake. */
async function led(key: RowKey, state: object, effect: Effect, look: Look): Promise<Leads[]> {
  const anyway = await written(key, state, [], look)
  const others = await written(key, state, [effect], look)
  return others
    .filter((pk) => !anyway.includes(pk))
    .map((pk) => {
      const [, machine] = machines.find(([prefix]) => pk.startsWith(prefix)) ?? []
      if (machine === undefined) throw new Error(`Nobody knows what ${pk} is`)
      return { machine }
    })
}

const seen: VantageState = { vantage, function: 'probe', heardAt: NOW, records: '', faults: {} }
const reported: HeartbeatState = { check: job.id, watchedSince: NOW, lateAt: NOW + 60_000 }
const unknown: VerdictState = { id: web.id, verdict: 'unknown', since: NOW, open: {}, lastAlertAt: NOW }

const found: Record<Machine, { key: RowKey; state: object; look: Look }> = {
  vantage: { key: vantageKey(vantage, 'probe'), state: seen, look: deliverVantage },
  heartbeat: { key: heartbeatKey(job.id), state: reported, look: sweepHeartbeat },
  verdict: { key: verdictKey(web.id), state: unknown, look: sweepVerdict },
}

type EffectOf = { vantage: UpdateEffect; heartbeat: UpdateEffect; verdict: VerdictEffect }
const all: {
  [M in Machine]: { [Type in EffectOf[M]['type']]: Extract<EffectOf[M], { type: Type }> }
} = {
  vantage: { update: { type: 'update', checks: [web.id] } },
  heartbeat: { update: { type: 'update', checks: [web.id] } },
  verdict: {
    update: { type: 'update', checks: [api.id] },
    // The end of what nobody has heard of: it is kept, and leads no further.
    alert: {
      type: 'alert',
      alert: {
        action: 'resolve',
        dedupKey: web.id,
        project: 'pay',
        summary: '',
        source: web.id,
        severity: 'critical',
        at: NOW,
        fact: { code: 'check-is', args: { check: web.id, verdict: 'up' } },
      },
    },
  },
}

const cases = (Object.keys(all) as Machine[]).flatMap((machine) =>
  Object.values(all[machine]).map((effect) => ({ machine, type: effect.type, effect })),
)

it.each(cases)('a $machine’s $type leads where the pipeline says', async ({ machine, type, effect }) => {
  const { key, state, look } = found[machine]
  const leads = await led(key, state, effect, look)
  const said: Partial<Record<string, Leads>> = effects[machine]
  expect([...new Set(leads.map((one) => JSON.stringify(one)))]).toEqual([JSON.stringify(said[type])])
})
