import { meaningOf } from '../../contracts/vendor-errors.ts'
import { asWritten } from '../../contracts/words.ts'
import { found } from '../application-findings.ts'
import { askRobot } from '../diagnose-robot.ts'
import type { Diagnosis } from '../diagnosis.ts'
import { errcodeOf } from '../robot.ts'
import { callOf, newToken } from './call.ts'
import { errors, limits } from './errors.ts'
import { refusalOf } from './relay.ts'
import type { Settings } from './settings.ts'

/** Whether the secret gets a token, and what the application says to a message of no known type. */
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
      const body = { touser: '@all', agentid: Number(app.agent), msgtype: 'fenghuo_doctor' }
      const nonsense = () => callOf('/cgi-bin/message/send', body, token, app, io)
      const answerOf = (answer: unknown) => refusalOf(answer) ?? errcodeOf(answer)
      return askRobot(app, { errors, limits, nonsense, answerOf }, io, signal)
    },
  },
]
