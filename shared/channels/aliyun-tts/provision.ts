import { noticeTemplates } from '../../messages/voice-templates.ts'

export const aliyunTtsProvision = { templates: noticeTemplates }
