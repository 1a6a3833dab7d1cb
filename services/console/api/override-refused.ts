import { inBoth } from '../../../shared/contracts/words.ts'
import { OverrideRefusal } from '../../../shared/engine/overrides/refusal.ts'
import { apiWords } from '../../../shared/messages/console/api.ts'
import { overrideRefusedText } from '../../../shared/messages/override-refused.ts'
import { statusOf } from '../override-status.ts'
import { Refusal } from './refusal.ts'

/** What is refused is told as the API tells it, with the id of what is in the way. */
export async function refused<T>(doing: Promise<T>): Promise<T> {
  return doing.catch((error: unknown) => {
    if (!(error instanceof OverrideRefusal)) throw error
    const { code, why, other } = error
    const status = code === 'no-such-override' ? 404 : statusOf(code)
    const id = other?.made?.id
    throw new Refusal(
      status,
      status === 404 ? 'not-found' : code,
      inBoth((language) => overrideRefusedText(why, language) + (id === undefined ? '' : apiWords[language].itsId(id))),
    )
  })
}
