import * as z from 'zod/mini'
import type { CallInput } from '../../contracts/call-input.ts'
import { keyIn } from '../../contracts/phone-keys.ts'
import { connectKeys } from './keys.ts'

/** What a contact flow sends to a Lambda function (Amazon Connect Administrator Guide, "Invoke Lambda functions"). */
const contactFlowEvent = z.looseObject({
  Name: z.literal('ContactFlowEvent'),
  Details: z.looseObject({
    ContactData: z.looseObject({
      ContactId: z.string().check(z.minLength(1)),
      Attributes: z.looseObject({
        phoneHash: z.string().check(z.minLength(1)),
        seq: z.string().check(z.regex(/^\d+$/)),
        language: z.enum(['zh', 'en']),
      }),
    }),
    Parameters: z.discriminatedUnion('action', [
      z.looseObject({ action: z.literal('answered') }),
      z.looseObject({ action: z.literal('key'), key: z.string() }),
      z.looseObject({ action: z.literal('no-key') }),
    ]),
  }),
})

/** What our contact flow tells of a call. Undefined: it is nothing of the kind, or a key that this version's flow doesn't bring. */
export function readFlowEvent(event: unknown): CallInput | undefined {
  const parsed = contactFlowEvent.safeParse(event)
  if (!parsed.success) return undefined
  const { ContactData, Parameters } = parsed.data.Details
  const did = didIn(Parameters)
  if (did === undefined) return undefined
  const { phoneHash, seq, language } = ContactData.Attributes
  return { phoneHash, seq: Number(seq), contactId: ContactData.ContactId, language, keys: connectKeys, did }
}

/** The flow repeats by itself. */
function didIn(parameters: { action: 'answered' | 'no-key' } | { action: 'key'; key: string }) {
  if (parameters.action !== 'key') return { type: parameters.action }
  const key = keyIn(connectKeys, parameters.key)
  return key === undefined || key.event === 'repeat' ? undefined : ({ type: 'key', key } as const)
}
