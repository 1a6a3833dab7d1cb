import type { Callbacks } from '../callback.ts'

export const telegramCallbacks: Callbacks = {
  settings: ['webhookSecret'],
  reader: async () => (await import('./telegram.callback.ts')).telegramCallback,
}
