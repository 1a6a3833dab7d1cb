// Made by `npx node cli/schema.ts` from shared/channels/registry.ts and the files of each folder; a test compares.

import { aliyunIvrProvision } from '../aliyun-ivr/provision.ts'
import { aliyunSmsProvision } from '../aliyun-sms/provision.ts'
import { aliyunTtsProvision } from '../aliyun-tts/provision.ts'
import { awsSmsProvision } from '../aws-sms/provision.ts'
import { connectProvision } from '../connect/provision.ts'
import type { Provision } from '../provision.ts'
import { tencentSmsProvision } from '../tencent-sms/provision.ts'
import { tencentVmsProvision } from '../tencent-vms/provision.ts'

/** What of ours vendors have before anything goes through them, of those that need something. */
export const provisions: Record<string, Provision> = {
  'tencent-sms': tencentSmsProvision,
  'aliyun-sms': aliyunSmsProvision,
  'aws-sms': awsSmsProvision,
  'aliyun-ivr': aliyunIvrProvision,
  'aliyun-tts': aliyunTtsProvision,
  connect: connectProvision,
  'tencent-vms': tencentVmsProvision,
}
