import type { ConsoleDeps } from './deps.ts'
import type { People } from './pages/actions.tsx'

/** Makes a reader of those whom a project's incidents may be handed to. */
export function peopleReader({ directory }: Pick<ConsoleDeps, 'directory'>): (project: string) => Promise<People> {
  return async (project) => {
    const { contacts, schedules } = await directory(project)
    const names = Object.entries(contacts).map(([id, { name }]) => [id, name])
    return { contacts: Object.fromEntries(names), schedules: Object.keys(schedules) }
  }
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
