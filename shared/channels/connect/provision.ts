import type { Provision } from '../provision.ts'
import { contactFlow } from './contact-flow.ts'

/** Actions are those of the Service Authorization Reference, "Amazon Connect". */
export const connectProvision = {
  flow: contactFlow,
  calls: {
    StartOutboundVoiceContact: 'connect:StartOutboundVoiceContact',
    StopContact: 'connect:StopContact',
  },
  asks: {
    // Describing an instance looks into its directory as well (Amazon Connect, "Required permissions").
    DescribeInstance: ['connect:DescribeInstance', 'ds:DescribeDirectories'],
    DescribeContactFlow: 'connect:DescribeContactFlow',
    ListPhoneNumbersV2: 'connect:ListPhoneNumbersV2',
  },
} satisfies Provision
