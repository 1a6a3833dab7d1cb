import { meaningOf } from '../../contracts/vendor-errors.ts'
import { asWritten } from '../../contracts/words.ts'
import { found } from '../application-findings.ts'
import { askRobot } from '../diagnose-robot.ts'
import type { Diagnosis } from '../diagnosis.ts'
import { answerOf, newToken, requestOf } from './call.ts'
import { errors, limits } from './errors.ts'
import type { Settings } from './settings.ts'

/** Whether app and secret get a token, and what the application says to a message of no known type. */
export const diagnose: Diagnosis<Settings>['diagnose'] = ({ name, settings }, io) => [
  {
    subject: asWritten(name),
    async ask(signal) {
      const app = await settings()
      const token = await newToken(app, { ...io, signal })
      if (typeof token !== 'string') {
        if (token.status === 'sent') return found('no-token')
        const { failure } = token
        return found('refused', failure, meaningOf(errors, failure.code ?? '', failure.said)?.remedy)
      }
      const body = { receive_id: app.chat, msg_type: 'fenghuo_doctor', content: '{}' }
      const nonsense = () => requestOf('/im/v1/messages?receive_id_type=chat_id', body, token, app, io)
      return askRobot(app, { errors, limits, nonsense, answerOf }, io, signal)
    },
  },
]
