import type { Fact } from '../contracts/fact.ts'
import type { GroupFact } from '../incidents/alert-group.ts'
import type { Line } from './composition.ts'
import { oneLine, SUMMARY_CHARACTERS } from './cut.ts'
import { summaryIn } from './facts.ts'
import { moreOfGroup } from './group-facts.ts'
import type { Message } from './message.ts'
import { words } from './words.ts'

/** What is said of a group of alerts that has grown. */
export const grownWords = {
  zh: { head: '新增告警', joined: (count: number) => `新增 ${count} 个告警` },
  en: {
    head: 'MORE ALERTS',
    joined: (count: number) => `${count} more ${count === 1 ? 'alert has' : 'alerts have'} joined`,
  },
}

/** How many alerts have joined its group since people heard of it. */
export function joinedLine({ notice: { joined }, language }: Message): Line[] {
  return joined === undefined ? [] : [{ spans: [{ text: grownWords[language].joined(joined) }], keep: true }]
}

/** What an alert says of itself; of a group how many go on, and a line for each that is listed. */
export function summary({ notice, language }: Message): Line[] {
  const { fact } = notice
  const isListed = isGroup(fact)
  const said = isListed ? { ...notice, fact: { ...fact, args: { ...fact.args, named: [] } } } : notice
  const text = oneLine(summaryIn(language, said), SUMMARY_CHARACTERS)
  const first: Line[] = text && text !== notice.title ? [{ spans: [{ text }] }] : []
  return isListed ? [...first, ...members(fact.args, language)] : first
}

function members({ named = [], open }: GroupFact['args'], language: Message['language']): Line[] {
  const say = words[language]
  const lines = named.map(
    ({ severity, name }): Line => ({ spans: [{ text: say.severity[severity] + say.colon + name }] }),
  )
  const more = open - named.length
  return named.length > 0 && more > 0 ? [...lines, { spans: [{ text: moreOfGroup[language](more) }] }] : lines
}

function isGroup(fact: Fact | undefined): fact is Fact & GroupFact {
  const code: GroupFact['code'] = 'alert-group'
  return fact?.code === code
}
