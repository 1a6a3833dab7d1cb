import { menuTemplates } from '../../messages/voice-templates.ts'
import { ivrKeys } from './keys.ts'

export const aliyunIvrProvision = { templates: menuTemplates(ivrKeys) }
