import type { Line } from './composition.ts'
import type { Message } from './message.ts'
import { neededLines } from './needed.ts'
import { duration, timeSeenFrom } from './times.ts'
import { words } from './words.ts'

/** That nobody took it: for how long, who was called how often and what came of it, and when everybody is called again. */
export function exhaustion(message: Message): Line[] {
  const { notice, language, timezone } = message
  const say = words[language]
  const opened = timeSeenFrom(notice.at, notice.openedAt, timezone)
  const lasted = say.since(opened, duration(notice.at - notice.openedAt, language))
  const tries = lasted + say.stop + say.tries(notice.rounds, notice.layers, notice.calls)
  const people = notice.tried.map((person): Line => {
    const times = person.calls === 0 ? '' : ` ×${person.calls}`
    const text = `${person.name}${times}${say.colon}${say.outcome[person.outcome]}`
    return { spans: [{ text }] }
  })
  const again = notice.repeatAt === undefined ? [] : [say.again(timeSeenFrom(notice.at, notice.repeatAt, timezone))]
  return [
    { spans: [{ text: tries }], keep: true },
    ...neededLines(message),
    ...people,
    ...again.map((text): Line => ({ spans: [{ text }], keep: true })),
  ]
}
