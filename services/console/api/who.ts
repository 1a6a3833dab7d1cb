import { inBoth } from '../../../shared/contracts/words.ts'
import type { PersonName } from '../../../shared/engine/console/action.ts'
import { apiWords } from '../../../shared/messages/console-api.ts'
import { signInWords } from '../../../shared/messages/sign-in.ts'
import type { People } from '../pages/actions.tsx'
import { Refusal } from './refusal.ts'

/** The contact in whose name something is done. Throws a refusal that names those there are. */
export function actorIn(as: string, { contacts }: Pick<People, 'contacts'>): PersonName {
  const name = Object.hasOwn(contacts, as) ? contacts[as] : undefined
  if (name !== undefined) return { contact: as, name }
  const words = inBoth((language) => apiWords[language].nobody('as', Object.keys(contacts).join(', ')))
  throw new Refusal(400, 'no-contact', words)
}

export function mayNot(): Refusal {
  return new Refusal(
    403,
    'no-role',
    inBoth((language) => signInWords[language].mayNot),
  )
}
