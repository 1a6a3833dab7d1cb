import { diagnoseVoice } from '../aliyun-voice/diagnose.ts'
import type { RouteDiagnosis } from '../diagnoses/diagnosis.ts'
import type { TtsSettings } from './settings.ts'
import { url } from './url.ts'

/** Key and account, and the address of receipts. */
export const diagnose: RouteDiagnosis<TtsSettings>['diagnose'] = (route, io) =>
  diagnoseVoice(route, { type: 'aliyun-tts', url }, io)
