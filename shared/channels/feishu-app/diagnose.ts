import { FEISHU_APPLICATION, feishuApplicationState } from '../../checks/account/application-state.ts'
import { diagnosisOfApplication } from '../diagnoses/diagnose-application.ts'
import { answerOf, newToken, requestOf } from './call.ts'
import { errors, limits } from './errors.ts'
import type { Settings } from './settings.ts'

/** Whether app and secret get a token, and the tenant uses the application. */
export const { diagnose } = diagnosisOfApplication<Settings>({
  ...{ errors, limits, newToken, answerOf },
  itself: (app, token, io) => ({ ...requestOf(FEISHU_APPLICATION, undefined, token, app, io), method: 'GET' }),
  stateOf: feishuApplicationState,
})
