import { diagnoseVoice } from '../aliyun-voice/diagnose.ts'
import type { RouteDiagnosis } from '../diagnosis.ts'
import type { IvrSettings } from './settings.ts'

/** Key and account, and the address of receipts. */
export const diagnose: RouteDiagnosis<IvrSettings>['diagnose'] = (route, io) => diagnoseVoice(route, 'aliyun-ivr', io)
