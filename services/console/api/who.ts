import { inBoth } from '../../../shared/contracts/words.ts'
import type { PersonName } from '../../../shared/engine/console/action.ts'
import { signInWords } from '../../../shared/messages/console/sign-in.ts'
import type { People } from '../pages/actions.tsx'
import { personIn } from '../people.ts'
import type { ApiDeps } from './asked.ts'
import { Refusal, refusal } from './refusal.ts'

/** The contact in whose name something is done. Throws a refusal that names those there are. */
export function actorIn(as: string, people: Pick<People, 'contacts'>): PersonName {
  const person = personIn(as, people)
  if (person !== undefined) return person
  throw refusal(400, 'no-contact', (say) => say.nobody('as', Object.keys(people.contacts).join(', ')))
}

/** Everybody who acts in some projects; undefined: in all. */
export async function peopleOf(projects: string[] | undefined, { people, config }: ApiDeps) {
  const those = await Promise.all((projects ?? Object.keys(config.projects)).map((project) => people(project)))
  return { contacts: Object.assign({}, ...those.map(({ contacts }) => contacts)) as Record<string, string> }
}

export function mayNot(): Refusal {
  return new Refusal(
    403,
    'no-role',
    inBoth((language) => signInWords[language].mayNot),
  )
}
