import { viewKafka } from '../../shared/engine/console/view-kafka.ts'
import { viewReach } from '../../shared/engine/console/view-reach.ts'
import { recently } from '../../shared/store/recently.ts'
import type { ConsoleDeps } from './deps.ts'

/** Groups are sampled once a minute as a rule, and reading them asks for each. */
const GROUPS_MS = 15_000

/** The ledger is read from the history of every incident, and says nothing new within minutes. */
const LEDGER_MS = 300_000

/** Makes a reader of the consumer groups, which may ask a table a thousand times. */
export function groupsReader({ config, io }: Pick<ConsoleDeps, 'config' | 'io'>) {
  const read = recently(
    () => viewKafka(config, io()),
    GROUPS_MS,
    () => io().now(),
  )
  return () => read('')
}

/** Makes a reader of when each channel of everybody last proved to work. */
export function ledgerReader({ config, directory, io }: Pick<ConsoleDeps, 'config' | 'directory' | 'io'>) {
  const projects = Object.keys(config.projects)
  const read = recently(
    async () => viewReach(await Promise.all(projects.map((project) => directory(project))), io()),
    LEDGER_MS,
    () => io().now(),
  )
  return () => read('')
}
