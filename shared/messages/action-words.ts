import type { Language } from '../contracts/words.ts'
import type { Action } from '../incidents/notice.ts'
import { words } from './words.ts'

/** Who did it, as a message names them: the system when it was no person. */
export const doer = (action: Action, language: Language): string => action.by?.name ?? words[language].via.system

/** How somebody took or ended it: `按 1`; by a group's link also whom the browser had said to be before. */
export function viaText({ via, before, key }: Action, language: Language): string {
  const say = words[language]
  const way = key === undefined ? say.via[via] : say.pressed(key)
  return before === undefined ? way : way + say.comma + say.wasBefore(before.name)
}
