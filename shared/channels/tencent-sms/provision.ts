import { lastResortTemplates } from '../../messages/last-resort.ts'
import { smsTemplates } from '../../messages/sms.ts'
import type { Provision } from '../provision.ts'

export const tencentSmsProvision: Provision = {
  templates: {
    zh: { ...smsTemplates.zh, 'last-resort': lastResortTemplates.zh.numbered },
    en: { ...smsTemplates.en, 'last-resort': lastResortTemplates.en.numbered },
  },
}
