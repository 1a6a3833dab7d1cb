// Made by `npx node cli/schema.ts` from shared/channels/registry.ts and the files of each folder; a test compares.

import { aliyunIvr } from '../aliyun-ivr/aliyun-ivr.ts'
import { aliyunTts } from '../aliyun-tts/aliyun-tts.ts'
import type { VoiceRoute } from '../channel.ts'
import { connect } from '../connect/connect.ts'
import { tencentVms } from '../tencent-vms/tencent-vms.ts'

/** Every way to make a phone ring. */
export const voiceRoutes: Record<string, VoiceRoute<unknown>> = {
  'aliyun-ivr': aliyunIvr,
  'aliyun-tts': aliyunTts,
  connect,
  'tencent-vms': tencentVms,
}
