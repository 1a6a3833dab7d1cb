import { matchesEverything } from '../contracts/matches-everything.ts'
import { mistake } from '../contracts/mistake.ts'
import { name } from '../contracts/name.ts'
import { leavesNoTime } from '../oncall/window.ts'
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
    if (read.during !== undefined && leavesNoTime(read.during))
      reader.note(
        ['maintenance', key, 'during'],
        mistake('always-maintained', {
          en: 'leaves no time out: nobody would ever be paged for what it matches. Leave some hours, or take the checks out',
          zh: '没有留出任何时间：它匹配的永远不会呼叫任何人。留出一些时段，或删掉那些检查',
        }),
      )
    windows[key] = read
  }
  return windows
}
