import { lastResortTemplates } from '../../messages/last-resort.ts'
import { answerTemplate } from '../../messages/reply-answer.ts'
import { smsTemplates } from '../../messages/sms.ts'
import type { Provision } from '../provision.ts'

export const tencentSmsProvision: Provision = {
  templates: {
    zh: { ...smsTemplates.zh, answer: answerTemplate.zh.numbered, 'last-resort': lastResortTemplates.zh.numbered },
    en: { ...smsTemplates.en, answer: answerTemplate.en.numbered, 'last-resort': lastResortTemplates.en.numbered },
  },
}
