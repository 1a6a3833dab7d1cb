import { voiceTemplates } from '../../messages/voice-templates.ts'
import { ivrKeys } from './keys.ts'

export const aliyunIvrProvision = { templates: voiceTemplates(ivrKeys) }
