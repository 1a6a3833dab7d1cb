import { history } from './contract/history.ts'
import { inbound } from './contract/inbound.ts'
import { incidents } from './contract/incidents.ts'
import { kafka } from './contract/kafka.ts'
import { looking } from './contract/looking.ts'
import { outsiders } from './contract/outsiders.ts'
import { overrides } from './contract/overrides.ts'
import { queues } from './contract/queues.ts'
import { report } from './contract/report.ts'
import { sessions } from './contract/sessions.ts'
import { silences } from './contract/silences.ts'
import { subscribers } from './contract/subscribers.ts'
import { swaps } from './contract/swaps.ts'
import { system } from './contract/system.ts'

/** All that programs may ask for below `/api/v1`, by what it is called. */
export const contract = {
  ...looking,
  ...history,
  ...incidents,
  ...outsiders,
  ...report,
  ...subscribers,
  ...silences,
  ...sessions,
  ...queues,
  ...kafka,
  ...system,
  ...overrides,
  ...swaps,
  ...inbound,
}

export type Contract = typeof contract
export type OperationId = keyof Contract
