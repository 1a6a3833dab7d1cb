import type { Handlers } from './asked.ts'
import { incidentHandlers } from './handlers/incidents.ts'
import { lookingHandlers } from './handlers/looking.ts'
import { queueHandlers } from './handlers/queues.ts'
import { sessionHandlers } from './handlers/sessions.ts'
import { silenceHandlers } from './handlers/silences.ts'

/** What carries each operation out. */
export const handlers: Handlers = {
  ...lookingHandlers,
  ...incidentHandlers,
  ...silenceHandlers,
  ...sessionHandlers,
  ...queueHandlers,
}
