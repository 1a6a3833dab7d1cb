import type { Provision } from '../provision.ts'

/** Actions are those of the Service Authorization Reference, "AWS End User Messaging SMS". */
export const awsSmsProvision = { calls: { SendTextMessage: 'sms-voice:SendTextMessage' } } satisfies Provision
