import type { AnswerFault } from '../../../shared/checks/network/answer-faults.ts'
import type { NetworkFault } from '../../../shared/checks/network/faults.ts'
import type { FaultSamples } from '../fault-samples.ts'
import { answerSamples, networkSamples } from '../network/fault-samples.ts'

export const faultSamples: FaultSamples<NetworkFault | AnswerFault> = {
  ...networkSamples,
  ...answerSamples,
}
