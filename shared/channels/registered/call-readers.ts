// Made by `npx node cli/schema.ts` from shared/channels/registry.ts and the files of each folder; a test compares.

import { aliyunIvrCalls } from '../aliyun-ivr/calls.ts'
import { aliyunTtsCalls } from '../aliyun-tts/calls.ts'
import { connectCalls } from '../connect/calls.ts'
import { tencentVmsCalls } from '../tencent-vms/calls.ts'
import type { CallReader } from '../voice/call-reader.ts'

/** How the calls of each route are read: what takes them answers people on the phone, and starts without the SDKs of those who send. */
export const callReaders: Record<string, CallReader> = {
  'aliyun-ivr': aliyunIvrCalls,
  'aliyun-tts': aliyunTtsCalls,
  connect: connectCalls,
  'tencent-vms': tencentVmsCalls,
}
