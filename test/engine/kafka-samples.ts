import type { Observation, Report } from '../../shared/contracts/report.ts'
import type { GroupOffsets, KafkaLimits, KafkaSamples, PartitionOffsets } from '../../shared/evaluation/kafka-sample.ts'
import { someCheck } from '../checks/records.ts'
import { says } from '../facts.ts'
import { MemoryTable } from '../store/memory-table.ts'

const MINUTE = 60_000
export const start = Date.UTC(2026, 10, 21, 3, 41)
export const vantage = 'tencent/ap-guangzhou'

export const orders = someCheck({ name: 'orders', kind: 'kafka-lag', target: 'ckafka-1/order-consumer' })
export const clicks = someCheck({ name: 'clicks', kind: 'kafka-lag', target: 'msk/click-*', findsGroups: true })
export const config = { checks: [orders, clicks, someCheck({ name: 'web' })] }

/** A table that counts what is written to it. */
export class CountingTable extends MemoryTable {
  puts: string[][] = []

  override async put(rows: Parameters<MemoryTable['put']>[0]) {
    this.puts.push(rows.map(({ pk, sk }) => `${pk}/${sk}`))
    await super.put(rows)
  }

  override async putIfVersion(...[row, expected]: Parameters<MemoryTable['putIfVersion']>) {
    const isWritten = await super.putIfVersion(row, expected)
    if (isWritten) this.puts.push([`${row.pk}/${row.sk}`])
    return isWritten
  }

  /** The rows written since the last look. */
  written(): string[] {
    return this.puts.splice(0).flat()
  }
}

export const group = (name: string, at: number, partitions: PartitionOffsets[]): GroupOffsets => ({
  group: name,
  at,
  state: 'Stable',
  members: 1,
  topics: [{ topic: 'paid', partitions }],
})

export function report(at: number, observations: Omit<Observation, 'project' | 'at'>[]): Report {
  const runner = { function: 'probe', run: `r${at}`, version: '1', startedAt: at, finishedAt: at, coldStart: false }
  return {
    v: 1,
    kind: 'report',
    vantage,
    runner,
    observations: observations.map((one) => ({ project: 'pay', at, ...one })),
  }
}

export const seen = (
  groups: GroupOffsets[],
  found = false,
  limits: KafkaLimits = { lag: [], allowed: [] },
  elsewhere: string[] = [],
) => ({
  check: found ? clicks.id : orders.id,
  outcome: 'up' as const,
  fault: says('one look'),
  latencyMs: 12,
  samples: {
    kind: 'kafka',
    source: 'ckafka',
    limits,
    found,
    groups,
    ...(elsewhere.length > 0 && { elsewhere }),
  } satisfies KafkaSamples,
})

export const at = (minute: number) => start + minute * MINUTE

/** A table that nobody may use. */
export const refusing = new Proxy(new MemoryTable(), {
  get: (_table, name) => {
    throw new Error(`the table is used: ${String(name)}`)
  },
})
