import type { ContactsTable } from '../shared/clouds/aws/contacts-table.ts'
import type { CompiledProject } from '../shared/contracts/compiled-config.ts'
import { directoryFor } from '../shared/oncall/directory.ts'
import { withMade } from '../shared/oncall/made.ts'
import { policiesOf } from '../shared/oncall/owner.ts'
import type { LocalConfig } from './config.ts'

/** The project of Fenghuo's own troubles, which every configuration has. */
const ownProject: Pick<CompiledProject, 'name' | 'policy' | 'handOver'> = { name: 'fenghuo', policy: 'default' }

/**
 * Writes a row for every project into the contacts table: the people of `oncall.yml` that its policies page, and the overrides that were
 * made since and still name them.
 */
export async function applyPeople(table: ContactsTable, { config, people }: LocalConfig): Promise<void> {
  const projects = [ownProject, ...Object.values(config.projects)]
  for (const project of new Map(projects.map((project) => [project.name, project])).values()) {
    const { name, policy } = project
    const policies = policiesOf(project, config)
    if (!policies.has(policy)) continue
    const before = await table.read(name)
    const { directory } = withMade(people, before?.directory.overrides ?? [])
    await table.write(name, directoryFor(directory, [...policies.values()]))
  }
}
