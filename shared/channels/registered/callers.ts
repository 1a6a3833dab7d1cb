// Made by `npx node cli/schema.ts` from shared/channels/registry.ts and the files of each folder; a test compares.

import type { Caller } from '../channel.ts'

/** What calls by each route. One with a file of its own for that is loaded when a configuration has such a route. */
export const callers: Record<string, () => Promise<Caller>> = {
  'aliyun-ivr': async () => (await import('../aliyun-ivr/aliyun-ivr.caller.ts')).aliyunIvrCaller,
  'aliyun-tts': async () => (await import('../aliyun-tts/aliyun-tts.caller.ts')).aliyunTtsCaller,
  connect: async () => (await import('../connect/connect.caller.ts')).connectCaller,
  'tencent-vms': async () => (await import('../tencent-vms/tencent-vms.caller.ts')).tencentVmsCaller,
}
