import type { RouteDiagnosis } from '../diagnoses/diagnosis.ts'
import { receiptsAddress } from '../receipts/receipts-address.ts'
import { found } from './findings.ts'
import { tencentVmsReceipts } from './receipts.ts'
import type { VmsSettings } from './settings.ts'

/** No API of the vendor's tells anything without calling: where callbacks are to be posted is all that can be said. */
export const diagnose: RouteDiagnosis<VmsSettings>['diagnose'] = ({ name }, io) => [
  {
    subject: { en: `${name} callbacks`, zh: `${name} 回调` },
    ask: async () => {
      const address = receiptsAddress(tencentVmsReceipts.vendor, await io.channelEnv())
      return address === undefined ? found('no-address') : found('callbacks-untold', address)
    },
  },
  {
    subject: { en: `${name} key, application, number and template`, zh: `${name} 密钥、应用、号码与模板` },
    ask: async () => found('approval-untold', io.stage),
  },
]
