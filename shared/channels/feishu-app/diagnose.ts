import { diagnosisOfApplication } from '../diagnose-application.ts'
import { answerOf, newToken, requestOf } from './call.ts'
import { errors, limits } from './errors.ts'
import type { Settings } from './settings.ts'

/** Whether app and secret get a token, and what the application says to a message of no known type. */
export const { diagnose } = diagnosisOfApplication<Settings>({
  ...{ errors, limits, newToken, answerOf },
  nonsense(app, token, io) {
    const body = { receive_id: app.chat, msg_type: 'fenghuo_doctor', content: '{}' }
    return requestOf('/im/v1/messages?receive_id_type=chat_id', body, token, app, io)
  },
})
