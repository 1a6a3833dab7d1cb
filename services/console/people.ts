import { OWN_PROJECT } from '../../shared/contracts/compiled-config.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import type { PersonName } from '../../shared/engine/console/action.ts'
import { policiesOf } from '../../shared/oncall/owner.ts'
import type { ConsoleDeps } from './deps.ts'
import { lastKnown } from './last-known.ts'
import type { People } from './pages/actions.tsx'

/**
 * Makes a reader of those whom a project's incidents may be handed to: as they were when last read, while their table does not answer.
 * Rejects where nothing is known.
 */
export function peopleReader({
  config,
  directory,
  io,
}: Pick<ConsoleDeps, 'config' | 'directory' | 'io'>): (project: string) => Promise<People> {
  const read = lastKnown(
    async (project: string) => {
      const { contacts, schedules } = await directory(project)
      const names = Object.entries(contacts).map(([id, { name }]) => [id, name])
      const found = config.projects[project] ?? config.projects[OWN_PROJECT]
      const policies = found === undefined ? [] : [...policiesOf(found, config)]
      return {
        contacts: Object.fromEntries(names),
        schedules: Object.keys(schedules),
        policies: Object.fromEntries(policies.map(([name, { layers }]) => [name, layers.map(({ page }) => page)])),
      }
    },
    { io },
  )
  return async (project) => (await read(project)).value
}

/** The contact of an id; undefined: the project knows none. */
export function personIn(contact: string | undefined, { contacts }: Pick<People, 'contacts'>): PersonName | undefined {
  if (contact === undefined) return undefined
  const name = ownProperty(contacts, contact)
  return name === undefined ? undefined : { contact, name }
}

/** Whom something is handed to must be people or schedules that the project's pages can find. */
export function areKnown(names: string[] | undefined, { contacts, schedules }: People): boolean {
  return (names ?? []).every((name) => Object.hasOwn(contacts, name) || schedules.includes(name))
}

/** Makes a finder of a contact of any project by an e-mail address, in small letters, or by what a chat knows them by: `wecom:LinYue`. */
export function contactFinder(
  projects: string[],
  directory: ConsoleDeps['directory'],
): NonNullable<ConsoleDeps['contactOf']> {
  return async (email, keys) => {
    for (const project of projects) {
      const { contacts } = await directory(project)
      const found = Object.entries(contacts).find(([, contact]) => {
        const isTheirs = (key: string) => {
          const [, chat = '', id] = /^(\w+):(.+)$/.exec(key) ?? []
          return id !== undefined && contact[chat] === id
        }
        return (email !== undefined && contact.email?.toLowerCase() === email) || keys.some(isTheirs)
      })
      if (found !== undefined) return { id: found[0], name: found[1].name }
    }
    return undefined
  }
}
