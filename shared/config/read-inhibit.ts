import type { CompiledInhibition } from '../contracts/compiled-config.ts'
import { matchesEverything } from '../contracts/matches-everything.ts'
import { mistake } from '../contracts/mistake.ts'
import { name } from '../contracts/name.ts'
import { inhibition } from './pause-schema.ts'
import type { Reader } from './reader.ts'

/** Reads `inhibit`; a rule with a mistake is left out, and one by which anything inhibits everything is a mistake. */
export function readInhibit(reader: Reader): Record<string, CompiledInhibition> {
  const rules: Record<string, CompiledInhibition> = {}
  for (const key of reader.names(name, ['inhibit'])) {
    const read = reader.read(inhibition, ['inhibit', key])
    if (read === undefined) continue
    if (matchesEverything(read.source) && matchesEverything(read.target))
      reader.note(
        ['inhibit', key, 'target'],
        mistake('matches-everything', {
          en: 'any incident would keep all others quiet: narrow `source` or `target`',
          zh: '任何一张告警单都会压住其余全部：缩小 `source` 或 `target` 的范围',
        }),
      )
    rules[key] = read
  }
  return rules
}
