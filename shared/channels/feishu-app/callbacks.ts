import type { Callbacks } from '../callback.ts'

export const feishuAppCallbacks: Callbacks = {
  settings: ['app', 'callback'],
  reader: async () => (await import('./feishu-app.callback.ts')).feishuAppCallback,
}
