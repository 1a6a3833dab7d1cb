import type { Callbacks } from '../callback.ts'

export const slackCallbacks: Callbacks = {
  settings: ['signingSecret'],
  reader: async () => (await import('./slack.callback.ts')).slackCallback,
}
