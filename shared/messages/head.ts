import type { Language } from '../contracts/words.ts'
import type { Notice } from '../incidents/notice.ts'
import { doer, viaText } from './action-words.ts'
import { type Span, subject } from './composition.ts'
import { grownWords } from './group-members.ts'
import type { Message } from './message.ts'
import { missingText } from './needed.ts'
import { pausingWords } from './pausing.ts'
import { duration } from './times.ts'
import { words } from './words.ts'

/** `严重 不可用`. */
const condition = (message: Message): string => {
  const { severity, state } = message.notice
  const { severity: severities, state: states } = words[message.language]
  return `${severities[severity]} ${states[state ?? 'alert']}`
}

/** The head line of a notice: what it tells of which incident. */
export function headOf(message: Message): Span[] {
  const { notice, language } = message
  const say = words[language]
  const number = `#${notice.number}`
  const about = `${condition(message)} | ${subject(notice, language)}`
  switch (notice.kind) {
    case 'acknowledged':
      return [{ text: `${number} ${acknowledgement(message)}` }]
    case 'partly':
      return [{ text: `${number} ${partlyTaken(message)}` }]
    case 'ack-ends':
      return [
        {
          text: `${number} ${pausingWords[language].ackEnds(doer(notice.acknowledged ?? { at: notice.at, via: 'system' }, language))}`,
        },
      ]
    case 'passed':
      return [{ text: `${number} ${say.passed(passer(notice), receivers(message))}` }]
    case 'unplaced':
      return [
        { text: `${number} ${say.unplaced(notice.unplaced.map(({ name }) => name).join(say.list))}`, tone: 'bad' },
      ]
    case 'held-taken':
      return [{ text: `${about}${say.comma}${acknowledgement(message)} ${number}` }]
    case 'resolved':
    case 'held-over': {
      if (notice.resolved?.via === 'removed')
        return [{ text: `${say.removed} | ${subject(notice, language)} ${number}` }]
      const word = notice.resolved?.by ? say.closed : say.recovered
      return [{ text: `${word} | ${subject(notice, language)}`, tone: 'good' }, { text: ` ${number}` }]
    }
    case 'exhausted':
      return [{ text: `${say.nobodyAcknowledged} | ${about}`, tone: 'bad' }, { text: ` ${number}` }]
    case 'escalated':
      return [{ text: `${say.escalated} | ${about}`, tone: 'bad' }, { text: ` ${number}` }]
    case 'grown':
      return [{ text: `${grownWords[language].head} | ${about}`, tone: 'bad' }, { text: ` ${number}` }]
    case 'fewer':
      return [{ text: `${say.fewer} | ${about}`, tone: 'bad' }, { text: ` ${number}` }]
    case 'sender-silent':
      return [{ text: `${say.senderSilent} | ${about}`, tone: 'bad' }, { text: ` ${number}` }]
    case 'paused':
      return [{ text: `${pausingWords[language].paused} | ${about}` }, { text: ` ${number}` }]
    case 'pause-ends':
      return [{ text: `${pausingWords[language].pauseEnds} | ${about}`, tone: 'bad' }, { text: ` ${number}` }]
    case 'reminder':
      return [{ text: `${say.reminder} | ${about}`, tone: 'bad' }, { text: ` ${number}` }]
    case 'flapping':
      return [{ text: `${say.flapping} | ${about}`, tone: 'bad' }, { text: ` ${number}` }]
    case 'once':
      return [{ text: `${say.severity[notice.severity]} | ${subject(notice, language)}` }]
    default:
      return [{ text: about, tone: 'bad' }, { text: ` ${number}` }]
  }
}

/** `林悦已认领（电话按 1，48 秒）`: at once to the group, or five people start working. */
function acknowledgement({ notice, language }: Message): string {
  const say = words[language]
  const action = notice.acknowledged ?? { at: notice.at, via: 'system' as const }
  const after = duration(action.at - notice.openedAt, language)
  const detail = action.by ? `${viaText(action, language)}${say.comma}${after}` : after
  return say.acknowledged(doer(action, language), say.brackets(detail))
}

/** `林悦已认领（电话按 1，48 秒），还差 dba`: what is missing as of when it is read. */
function partlyTaken(message: Message): string {
  const { notice, language } = message
  const { takers = [], missing } = notice.needed ?? {}
  const acknowledged = takers.findLast(({ at }) => at <= notice.at) ?? { at: notice.at, via: 'system' as const }
  const taken = acknowledgement({ ...message, notice: { ...notice, acknowledged } })
  return missing === undefined ? taken : taken + words[language].comma + missingText(missing, language)
}

/** Who pressed 9 last. */
const passer = (notice: Notice): string | undefined =>
  notice.tried.findLast((person) => person.outcome === 'passed')?.name

function receivers({ notice, language }: Message): string {
  const people = notice.calling.length > 0 ? notice.calling : notice.next
  return people.map((person) => person.name).join(words[language].list) || words[language].nextOne
}

/** Says that the first sending of it was not answered for. */
export function repeatMark(language: Language): Span {
  return { text: words[language].brackets(words[language].maybeRepeated) }
}
