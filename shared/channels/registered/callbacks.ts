// Made by `npx node cli/schema.ts` from shared/channels/registry.ts and the files of each folder; a test compares.

import type { Callbacks } from '../callback.ts'
import { feishuAppCallbacks } from '../feishu-app/callbacks.ts'
import { slackCallbacks } from '../slack/callbacks.ts'
import { telegramCallbacks } from '../telegram/callbacks.ts'
import { wecomAppCallbacks } from '../wecom-app/callbacks.ts'

/** How presses on buttons are read, of the channels whose cards have some: the function that hears of them sends nothing. */
export const callbacks: Record<string, Callbacks> = {
  'feishu-app': feishuAppCallbacks,
  'wecom-app': wecomAppCallbacks,
  slack: slackCallbacks,
  telegram: telegramCallbacks,
}
