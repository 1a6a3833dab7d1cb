import type { ContactsTable } from '../shared/clouds/aws/contacts-table.ts'
import { directoryFor } from '../shared/oncall/directory.ts'
import { withMade } from '../shared/oncall/made.ts'
import type { LocalConfig } from './config.ts'

/** The project of Fenghuo's own troubles, which every configuration has. */
const ownProject = { name: 'fenghuo', policy: 'default' }

/**
 * Writes a row for every project into the contacts table: the people of `oncall.yml` that its policy pages, and the overrides that were
 * made since and still name them.
 */
export async function applyPeople(table: ContactsTable, { config, people }: LocalConfig): Promise<void> {
  const projects = [ownProject, ...Object.values(config.projects)]
  for (const { name, policy } of new Map(projects.map((project) => [project.name, project])).values()) {
    const layers = config.policies[policy]
    if (layers === undefined) continue
    const before = await table.read(name)
    const { directory } = withMade(people, before?.directory.overrides ?? [])
    await table.write(name, directoryFor(directory, layers))
  }
}
