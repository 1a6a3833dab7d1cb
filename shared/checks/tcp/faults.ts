import type { Wording } from '../../contracts/fact.ts'
import { type AnswerFault, answerWording } from '../network/answer-faults.ts'
import { type NetworkFault, networkWording } from '../network/faults.ts'

export const tcpWording: Wording<NetworkFault | AnswerFault> = { ...networkWording, ...answerWording }
