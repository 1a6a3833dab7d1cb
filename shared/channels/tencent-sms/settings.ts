import * as z from 'zod'
import type { TextRecipients } from '../sms-last-resort.ts'
import { SMS_REGION } from './send.ts'

const template = z.string().regex(/^(\d+|\$\{\w+\})$/, 'the number of an approved template, in quotes')

/** What a configuration says of it. */
export const settings = z.strictObject({
  app: z.string().min(1).describe('SmsSdkAppId'),
  sign: z.string().min(1).optional().describe('Approved signature without brackets; mainland numbers need one'),
  templates: z
    .strictObject({ page: template, resolved: template, exhausted: template.optional() })
    .describe('Approved templates; `fenghuo sms templates` prints their texts'),
  region: z.string().min(1).optional().describe(`Default ${SMS_REGION}`),
  secretId: z.string().min(1).default('${TENCENTCLOUD_SECRET_ID}').describe('A reference to the environment.'),
  secretKey: z.string().min(1).default('${TENCENTCLOUD_SECRET_KEY}').describe('A reference to the environment.'),
  language: z.enum(['zh', 'en']).optional().describe('Of the approved templates. Default zh'),
})
export type TencentSettings = z.infer<typeof settings>

/** Texts of a last resort; `app` is the SmsSdkAppId. */
export type TencentLastResort = TextRecipients & { app: string }
