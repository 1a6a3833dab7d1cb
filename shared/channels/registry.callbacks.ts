import type { CallbackReader } from './callback.ts'

/** How callbacks of a type of channel are read, loaded when one comes. */
export interface CallbackEntry {
  /** The settings that it needs, all of them: whoever takes callbacks has no others. */
  settings: readonly string[]
  reader(): Promise<CallbackReader<never>>
}

/**
 * Channels whose cards have buttons, by type. It stands apart from the registry because the function that hears of presses sends
 * nothing.
 */
export const callbacks: Record<string, CallbackEntry> = {
  'wecom-app': {
    settings: ['corp', 'callback'],
    reader: async () => (await import('./wecom-app/wecom-app.callback.ts')).wecomAppCallback,
  },
  slack: {
    settings: ['signingSecret'],
    reader: async () => (await import('./slack/slack.callback.ts')).slackCallback,
  },
}
