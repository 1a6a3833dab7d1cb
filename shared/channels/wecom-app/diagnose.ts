import { meaningOf } from '../../contracts/vendor-errors.ts'
import { failureText } from '../../messages/failure.ts'
import { askRobot } from '../diagnose-robot.ts'
import type { Diagnosis } from '../diagnosis.ts'
import { fault, warning } from '../finding.ts'
import { errcodeOf } from '../robot.ts'
import { callUrl, newToken } from './call.ts'
import { errors, limits } from './errors.ts'
import type { Settings } from './settings.ts'

/** Whether the secret gets a token, and what the application says to a message of no known type. */
export const diagnose: Diagnosis<Settings>['diagnose'] = ({ name, settings }, io) => [
  {
    subject: name,
    async look(signal) {
      const app = await settings()
      const token = await newToken(app, { ...io, signal })
      if (typeof token !== 'string') {
        if (token.status === 'sent') return warning("can't tell: no token in the answer", 'look again')
        const { failure } = token
        const remedy = meaningOf(errors, failure.code ?? '', failure.said)?.remedy?.en ?? 'check corp and secret'
        return fault(failureText(failure, 'en'), remedy)
      }
      const body = { touser: '@all', agentid: Number(app.agent), msgtype: 'fenghuo_doctor' }
      const nonsense = () => ({ url: callUrl('/cgi-bin/message/send', token, io), body })
      return askRobot(app, { errors, limits, nonsense, answerOf: errcodeOf }, io, signal)
    },
  },
]
