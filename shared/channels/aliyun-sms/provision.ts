import { lastResortTemplates } from '../../messages/last-resort.ts'
import { namedTemplates } from '../../messages/sms.ts'
import type { Provision } from '../provision.ts'

const { zh, en } = namedTemplates()

export const aliyunSmsProvision: Provision = {
  templates: {
    zh: { ...zh, 'last-resort': lastResortTemplates.zh.named },
    en: { ...en, 'last-resort': lastResortTemplates.en.named },
  },
}
