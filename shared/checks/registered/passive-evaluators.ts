// Made by `npx node cli/schema.ts` from shared/checks/registry.ts and the files of each folder; a test compares.

import { heartbeatEvaluator } from '../heartbeat/passive.ts'
import type { PassiveEvaluator } from '../kind.ts'

/** What judges checks that no probe runs, of the passive kinds. */
export const passiveEvaluators: Record<string, PassiveEvaluator> = {
  heartbeat: heartbeatEvaluator,
}
