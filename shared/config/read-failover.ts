import type { CompiledFailover } from '../contracts/compiled-config.ts'
import { name } from '../contracts/name.ts'
import { compiledRegion, failover } from './failover-schema.ts'
import type { Reader } from './reader.ts'

/** Reads `failover`; an entry with a mistake is left out, and the mistake goes to the reader. */
export function readFailover(reader: Reader): CompiledFailover[] {
  return reader.names(name, ['failover']).flatMap((key) => {
    const read = reader.read(failover, ['failover', key])
    if (read === undefined) return []
    const { title = key.slice(0, 12), regions, sayEvery, hold, ...rest } = read
    return [{ name: key, title, regions: regions.map(compiledRegion), ...rest, sayEveryMs: sayEvery, holdMs: hold }]
  })
}
