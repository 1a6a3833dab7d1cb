import type { CompiledConfig } from '../contracts/compiled-config.ts'
import { mistake } from '../contracts/mistake.ts'
import type { Reader } from './reader.ts'

/** Notes a `quorum` of more vantages than look at a check: it could never be down. */
export function checkQuorum(reader: Reader, { checks }: CompiledConfig): void {
  for (const { project, name, isPassive, asksPlaces, quorum, from } of checks) {
    // Places of third parties are as many as they answer.
    if (quorum === undefined || isPassive || asksPlaces || quorum <= from.length) continue
    const path = ['projects', project, 'checks', name]
    const isOwn = reader.get([...path, 'quorum']) !== undefined
    const vantages = from.length === 1 ? 'one vantage looks' : `${from.length} vantages look`
    reader.note(
      isOwn ? [...path, 'quorum'] : path,
      mistake('quorum-too-many', {
        en: `a \`quorum\` of ${quorum} can't be met: ${vantages} at it`,
        zh: `\`quorum\` 为 ${quorum} 永远达不到：只有 ${from.length} 个观测点在看`,
      }),
      isOwn ? 'value' : 'key',
    )
  }
}
