import type { Language } from '../contracts/words.ts'
import type { Notice } from '../incidents/notice.ts'

/** What became of a press on a card's button. */
export type PressResult =
  /** Somebody has it: whoever pressed, or who was faster. */
  | { result: 'taken'; name: string }
  /** The incident is over, or the card is too old. */
  | { result: 'over' }
  /** No contact has the presser's id. */
  | { result: 'nobody' }

interface CardWords {
  taken: (name: string) => string
  over: string
  nobody: string
}

const words: Record<Language, CardWords> = {
  zh: { taken: (name) => `${name} 已认领`, over: '已结束', nobody: '您不在联系人中' },
  en: { taken: (name) => `${name} has it`, over: 'It is over', nobody: 'You are no contact here' },
}

/** What takes the place of a card's buttons once they have been pressed. */
export function pressedText(result: PressResult, language: Language): string {
  const say = words[language]
  return result.result === 'taken' ? say.taken(result.name) : say[result.result]
}

/** What takes the place of the buttons when a notice makes them useless; undefined when they are still of use. */
export function endedText({ kind, acknowledged }: Notice, language: Language): string | undefined {
  if (kind === 'resolved') return words[language].over
  if (kind !== 'acknowledged') return undefined
  return acknowledged?.by ? words[language].taken(acknowledged.by.name) : words[language].over
}
