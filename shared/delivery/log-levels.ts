import type { Delivery } from '../channels/channel.ts'
import type { LogLevel } from '../contracts/log-entry.ts'
import type { PlacedBy } from './ask-routes.ts'
import type { Waits } from './gateway.ts'

/** What stands in the log of a message: one that was refused for good comes no more until somebody mends why. */
export const deliveryLevels = {
  sent: 'info',
  waits: 'info',
  retry: 'warn',
  shrink: 'warn',
  unknown: 'warn',
  failed: 'error',
} as const satisfies Record<(Delivery | Waits)['status'], LogLevel>

/** The same of a call: one that has to wait comes again within seconds, and then tells how it ended. */
export const callLevels = {
  placed: 'info',
  retry: 'info',
  unknown: 'warn',
  refused: 'error',
} as const satisfies Record<PlacedBy['status'], LogLevel>
