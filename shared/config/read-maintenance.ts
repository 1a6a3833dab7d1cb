import { matchesEverything } from '../contracts/matcher.ts'
import { mistake } from '../contracts/mistake.ts'
import { name } from '../contracts/name.ts'
import { type Maintenance, maintenance } from './pause-schema.ts'
import type { Reader } from './reader.ts'

/** Reads `maintenance`; a window with a mistake is left out, and one that matches everything is a mistake. */
export function readMaintenance(reader: Reader): Record<string, Maintenance> {
  const windows: Record<string, Maintenance> = {}
  for (const key of reader.names(name, ['maintenance'])) {
    const read = reader.read(maintenance, ['maintenance', key])
    if (read === undefined) continue
    if (matchesEverything(read.match))
      reader.note(
        ['maintenance', key, 'match'],
        mistake('matches-everything', {
          en: 'it matches everything: nobody would be paged at all. Name projects or checks',
          zh: '它匹配一切，将没有任何人被呼叫：写明项目或检查',
        }),
      )
    windows[key] = read
  }
  return windows
}
