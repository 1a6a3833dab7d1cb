import { inBoth } from '../../../shared/contracts/words.ts'
import { consoleWords } from '../../../shared/messages/console/words.ts'
import { Refusal } from './refusal.ts'

export function noSuchCheck(id: string): Refusal {
  return new Refusal(
    404,
    'not-found',
    inBoth((language) => consoleWords[language].noSuchCheck(id)),
  )
}
