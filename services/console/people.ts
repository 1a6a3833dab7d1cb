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
