import type { ConsoleDeps } from './deps.ts'
import { lastKnown } from './last-known.ts'
import type { People } from './pages/actions.tsx'

/**
 * Makes a reader of those whom a project's incidents may be handed to: as they were when last read, while their table does not answer.
 * Rejects where nothing is known.
 */
export function peopleReader({
  directory,
  io,
}: Pick<ConsoleDeps, 'directory' | 'io'>): (project: string) => Promise<People> {
  const read = lastKnown(
    async (project: string) => {
      const { contacts, schedules } = await directory(project)
      const names = Object.entries(contacts).map(([id, { name }]) => [id, name])
      return { contacts: Object.fromEntries(names), schedules: Object.keys(schedules) }
    },
    { io },
  )
  return async (project) => (await read(project)).value
}

/** Makes a finder of who has an e-mail address, in small letters, among the people of all projects. */
export function contactsByMail(
  projects: string[],
  directory: ConsoleDeps['directory'],
): (email: string) => Promise<string | undefined> {
  return async (email) => {
    for (const project of projects) {
      const { contacts } = await directory(project)
      const found = Object.entries(contacts).find(([, contact]) => contact.email?.toLowerCase() === email)
      if (found !== undefined) return found[0]
    }
    return undefined
  }
}
