import type { ContactsTable } from '../shared/clouds/aws/contacts-table.ts'
import { directoryFor } from '../shared/oncall/directory.ts'
import type { LocalConfig } from './config.ts'

/** The project of Fenghuo's own troubles, which every configuration has. */
const ownProject = { name: 'fenghuo', policy: 'default' }

/** Writes a row for every project into the contacts table: the people of `oncall.yml` that its policy pages. */
export async function applyPeople(table: ContactsTable, { config, people }: LocalConfig): Promise<void> {
  const projects = [ownProject, ...Object.values(config.projects)]
  for (const { name, policy } of new Map(projects.map((project) => [project.name, project])).values()) {
    const layers = config.policies[policy]
    if (layers) await table.write(name, directoryFor(people, layers))
  }
}
