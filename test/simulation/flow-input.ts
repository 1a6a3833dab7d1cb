import { callInputOf } from '../../shared/channels/voice/calls.ts'
import type { CallInput } from '../../shared/contracts/call-input.ts'
import type { Ring } from './phone-world.ts'

/** What a contact flow asks in a call, as the function reads it. */
export function flowInput({ phoneHash, seq, contactId }: Ring, parameters: Record<string, string>): CallInput {
  const attributes = { phoneHash, seq: String(seq), language: 'en' }
  const input = callInputOf({
    Name: 'ContactFlowEvent',
    Details: { ContactData: { ContactId: contactId, Attributes: attributes }, Parameters: parameters },
  })
  if (input === undefined) throw new Error(`no question of a flow: ${JSON.stringify(parameters)}`)
  return input
}
