import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { signatureFault } from './connect/signature.ts'
import type { VendorFault } from './failures.ts'
import { type Counter, type MessageOptions, type MessageVendor, sandboxTeller, startMessageVendor } from './messages.ts'
import type { Simulator } from './sandbox.ts'
import { jsonObject, type VendorAnswer, type VendorRequest } from './server.ts'

const TARGET = 'PinpointSMSVoiceV2.SendTextMessage'

/** A text that a phone got. */
export interface AwsSmsMessage {
  phone: string
  from?: string
  text: string
}

export interface AwsSmsOptions extends MessageOptions<AwsSmsMessage> {
  accessKeyId: string
  secretAccessKey: string
  /** Numbers, sender ids and pools of the account; absent: whatever is named. */
  senders?: string[]
  /** Numbers that have said STOP. */
  optedOut?: string[]
  /** Verified numbers, which alone get texts while the account is in the sandbox. */
  sandbox?: string[]
}

const wanted = z.strictObject({
  DestinationPhoneNumber: z.string().regex(/^\+?[1-9]\d{1,18}$/),
  OriginationIdentity: z
    .string()
    .max(256)
    .regex(/^[A-Za-z0-9_:/+-]+$/)
    .optional(),
  MessageBody: z.string().min(1).max(1600),
  MessageType: z.literal(['TRANSACTIONAL', 'PROMOTIONAL']).optional(),
  TimeToLive: z.int().min(5).max(259_200).optional(),
  /** Checked like any other, and sent to nobody. */
  DryRun: z.boolean().optional(),
  Context: z
    .record(
      z.string().max(100).regex(/^\S+$/),
      z
        .string()
        .max(800)
        .regex(/^\S(.*\S)?$/s),
    )
    .optional(),
})

/** The names of errors that are no 400. */
const statuses: Record<string, number> = { InternalServerException: 500 }

/** AWS End User Messaging's SendTextMessage: Signature Version 4 recomputed, AWS JSON 1.0; conflicts have a Reason. */
export function startAwsSms(options: AwsSmsOptions): Promise<MessageVendor<AwsSmsMessage>> {
  const { accessKeyId, secretAccessKey, senders, optedOut = [], sandbox } = options

  function answer(request: VendorRequest, { take, refuse }: Counter<AwsSmsMessage>): VendorAnswer {
    const fault = signatureFault(request, { accessKeyId, secretAccessKey, service: 'sms-voice' }, options.now())
    if (fault) return refuse({ code: fault.type, message: fault.message })
    const { headers } = request
    if (headers['x-amz-target'] !== TARGET || headers['content-type'] !== 'application/x-amz-json-1.0')
      return refuse({ code: 'UnknownOperationException', message: '' })
    const { data, error } = wanted.safeParse(jsonObject(request.body))
    if (error) return refuse({ code: 'ValidationException', message: error.issues[0]?.message ?? '' })
    const { DestinationPhoneNumber: phone, OriginationIdentity: from, MessageBody: text, DryRun } = data
    if (from !== undefined && senders?.includes(from) === false)
      return refuse({ code: 'ResourceNotFoundException', message: `Resource not found: ${from}` })
    if (from === undefined && senders?.length === 0) return refuse(conflict('NO_ORIGINATION_IDENTITIES_FOUND'))
    if (optedOut.includes(phone)) return refuse(conflict('DESTINATION_PHONE_NUMBER_OPTED_OUT'))
    if (sandbox?.includes(phone) === false) return refuse(conflict('DESTINATION_PHONE_NUMBER_NOT_VERIFIED'))
    if (!DryRun) take({ phone, text, ...(from !== undefined && { from }) })
    return { status: 200, body: { MessageId: randomUUID() } }
  }

  return startMessageVendor(
    { answer, tooFast: { code: 'ThrottlingException', message: 'Rate exceeded' }, refusal },
    options,
  )
}

function conflict(reason: string): VendorFault {
  return { code: `ConflictException.${reason}`, message: 'The request conflicts.' }
}

function refusal({ code, message }: VendorFault): VendorAnswer {
  const [type = '', Reason] = String(code).split('.')
  const body = { __type: type, Message: message, ...(Reason !== undefined && { Reason }) }
  return { status: statuses[type] ?? 400, body }
}

/** As the local stack plays it: whatever it is sent from is the account's. */
export const simulator: Simulator = {
  type: 'aws-sms',
  start: ({ now, tell, phones: { accessKeyId, secretAccessKey } }) =>
    startAwsSms({
      accessKeyId,
      secretAccessKey,
      now,
      onEvent: sandboxTeller(tell, ({ phone, text }) => ({ to: phone, text, format: 'text' })),
    }),
}
