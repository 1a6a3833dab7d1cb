import type { Row, Table } from '../../shared/store/table.ts'
import { type Faults, isWithin } from './faults.ts'
import { type Process, Trouble } from './world.ts'

/** A table as a process reaches it: every access is a step. */
export function storeOf(table: Table, process: Process, faults: Faults): Table {
  const { world } = process
  const access = <T>(work: () => Promise<T>) =>
    process.step(() => {
      if (isWithin(faults.outage, world.now) || world.chance(faults.refusals))
        throw new Trouble('ProvisionedThroughputExceededException')
      return work()
    })
  // What an index does not show yet it shows a moment later.
  const shown = (rows: Row[]) => rows.filter(() => !world.chance(faults.indexMisses))
  return {
    ...table,
    get: (key) => access(() => table.get(key)),
    getMany: (keys) => access(() => table.getMany(keys)),
    query: (pk, prefix) => access(() => table.query(pk, prefix)),
    newest: (pk, from, until, limit) => access(() => table.newest(pk, from, until, limit)),
    putIfVersion: (row, expected) =>
      access(async () => {
        const isMine = await table.putIfVersion(row, expected)
        if (world.chance(faults.lostAnswers / 2)) throw new Trouble('TimeoutError')
        return isMine && !world.chance(faults.lostAnswers)
      }),
    put: async (rows) => {
      // A batch is no transaction: a part of it may be all that is written.
      const half = Math.floor(world.random() * rows.length)
      if (half > 0) await access(() => table.put(rows.slice(0, half)))
      if (world.chance(faults.refusals * 5)) throw new Trouble('ProvisionedThroughputExceededException')
      await access(() => table.put(rows.slice(half)))
    },
    count: (key, options) => access(() => table.count(key, options)),
    due: async (at, limit) => shown(await access(() => table.due(at, limit))),
    listed: async (name, limit) => shown(await access(() => table.listed(name, limit))),
  }
}

/** Of a process that dies when it turns from an incident to a phone line. */
export function withoutPhoneLines(table: Table): Table {
  return { ...table, get: (key) => (key.pk.startsWith('phone-line#') ? new Promise(() => {}) : table.get(key)) }
}
