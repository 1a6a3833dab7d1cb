import { diagnoseVoice } from '../aliyun-voice/diagnose.ts'
import { url } from '../aliyun-voice/request.ts'
import type { RouteDiagnosis } from '../diagnoses/diagnosis.ts'
import type { IvrSettings } from './settings.ts'

/** Key and account, and the address of receipts. */
export const diagnose: RouteDiagnosis<IvrSettings>['diagnose'] = (route, io) =>
  diagnoseVoice(route, { type: 'aliyun-ivr', url }, io)
