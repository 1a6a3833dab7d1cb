import { refusalOf } from '../../clouds/tencent/wecom-relay.ts'
import { diagnosisOfApplication } from '../diagnose-application.ts'
import { errcodeOf } from '../robot.ts'
import { callOf, newToken } from './call.ts'
import { errors, limits } from './errors.ts'
import type { Settings } from './settings.ts'

/** Whether the secret gets a token, and what the application says to a message of no known type. */
export const { diagnose } = diagnosisOfApplication<Settings>({
  ...{ errors, limits, newToken },
  nonsense(app, token, io) {
    const body = { touser: '@all', agentid: Number(app.agent), msgtype: 'fenghuo_doctor' }
    return callOf('/cgi-bin/message/send', body, token, app, io)
  },
  answerOf: (answer) => refusalOf(answer) ?? errcodeOf(answer),
})
