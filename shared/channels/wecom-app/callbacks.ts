import type { Callbacks } from '../callback.ts'

export const wecomAppCallbacks: Callbacks = {
  settings: ['corp', 'callback'],
  reader: async () => (await import('./wecom-app.callback.ts')).wecomAppCallback,
}
