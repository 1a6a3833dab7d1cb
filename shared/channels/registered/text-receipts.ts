// Made by `npx node cli/schema.ts` from shared/channels/registry.ts and the files of each folder; a test compares.

import { aliyunSmsReceipts } from '../aliyun-sms/receipts.ts'
import { aliyunSmsIntlReceipts } from '../aliyun-sms-intl/receipts.ts'
import { awsSmsReceipts } from '../aws-sms/receipts.ts'
import type { TextReceiptReader } from '../receipts/text-receipts.ts'
import { tencentSmsReceipts } from '../tencent-sms/receipts.ts'

/** How what vendors tell of their texts is read: the function that hears of it sends nothing. */
export const textReceipts: Record<string, TextReceiptReader> = {
  'tencent-sms': tencentSmsReceipts,
  'aliyun-sms': aliyunSmsReceipts,
  'aliyun-sms-intl': aliyunSmsIntlReceipts,
  'aws-sms': awsSmsReceipts,
}
