import { type Language, severities } from '../../contracts/words.ts'
import { outcomeNames } from './options.ts'
import { type Outcome, usual } from './outcomes.ts'

/** What usually becomes of the states of each thing, as a table for people. */
export function outcomeTable(language: Language): string {
  const [name, ...others] =
    language === 'zh' ? ['名称', '通知一次', '恢复', '忽略'] : ['name', 'notice', 'over', 'nothing']
  const head = [name, ...severities, ...others]
  const rows = Object.entries<Record<string, Outcome>>(usual).map(([thing, states]) =>
    [
      `\`${thing}\``,
      ...outcomeNames.map((one) =>
        Object.keys(states)
          .filter((state) => states[state] === one)
          .join(', '),
      ),
    ].join(' | '),
  )
  return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...rows.map((row) => `| ${row} |`)].join('\n')
}
