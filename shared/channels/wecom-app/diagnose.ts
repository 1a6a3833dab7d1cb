import { askWecomApplication, wecomApplicationState } from '../../checks/account/application-state.ts'
import { refusalOf } from '../../clouds/tencent/wecom-relay.ts'
import { diagnosisOfApplication } from '../diagnoses/diagnose-application.ts'
import { baseUrl } from '../references.ts'
import { errcodeOf } from '../robot.ts'
import { newToken, url } from './call.ts'
import { errors, limits } from './errors.ts'
import type { Settings } from './settings.ts'

/** Whether the secret gets a token, the application is in use, and somebody sees it. */
export const { diagnose } = diagnosisOfApplication<Settings>({
  ...{ errors, limits, newToken },
  itself(app, token, { env, now }) {
    return { body: undefined, ...askWecomApplication(app, token, baseUrl(url, env), now()) }
  },
  answerOf: (answer) => refusalOf(answer) ?? errcodeOf(answer),
  stateOf: wecomApplicationState,
})
