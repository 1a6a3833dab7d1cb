import { lastResortTemplates } from '../../messages/last-resort.ts'
import { answerTemplate } from '../../messages/reply-answer.ts'
import { namedTemplates } from '../../messages/sms.ts'
import type { Provision } from '../provision.ts'

const { zh, en } = namedTemplates()

export const aliyunSmsProvision: Provision = {
  templates: {
    zh: { ...zh, answer: answerTemplate.zh.named, 'last-resort': lastResortTemplates.zh.named },
    en: { ...en, answer: answerTemplate.en.named, 'last-resort': lastResortTemplates.en.named },
  },
}
