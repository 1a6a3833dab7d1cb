import type { Handlers } from './asked.ts'
import { historyHandlers } from './handlers/history.ts'
import { inboundHandlers } from './handlers/inbound.ts'
import { incidentHandlers } from './handlers/incidents.ts'
import { kafkaHandlers } from './handlers/kafka.ts'
import { lookingHandlers } from './handlers/looking.ts'
import { outsiderHandlers } from './handlers/outsiders.ts'
import { overrideHandlers } from './handlers/overrides.ts'
import { queueHandlers } from './handlers/queues.ts'
import { reportHandlers } from './handlers/report.ts'
import { sessionHandlers } from './handlers/sessions.ts'
import { silenceHandlers } from './handlers/silences.ts'
import { subscriberHandlers } from './handlers/subscribers.ts'
import { swapHandlers } from './handlers/swaps.ts'
import { systemHandlers } from './handlers/system.ts'

/** What carries each operation out. */
export const handlers: Handlers = {
  ...lookingHandlers,
  ...historyHandlers,
  ...incidentHandlers,
  ...outsiderHandlers,
  ...reportHandlers,
  ...subscriberHandlers,
  ...silenceHandlers,
  ...sessionHandlers,
  ...queueHandlers,
  ...kafkaHandlers,
  ...systemHandlers,
  ...overrideHandlers,
  ...swapHandlers,
  ...inboundHandlers,
}
