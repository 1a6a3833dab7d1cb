import * as z from 'zod'
import { byteLength } from '../server.ts'

// Field rules: Amazon Connect API Reference, StartOutboundVoiceContact and StopContact.
const E164 = /^\+[1-9]\d{1,14}$/
const ATTRIBUTES_BYTES = 32_768

const attributes = z
  .record(
    z.string().regex(/^[A-Za-z0-9_-]{1,32767}$/, 'attribute keys hold letters, digits, - and _ only'),
    z.string().max(32_767),
  )
  .refine((map) => byteLength(Object.entries(map).flat().join('')) <= ATTRIBUTES_BYTES, {
    message: `attributes exceed ${ATTRIBUTES_BYTES} bytes`,
  })

const reference = z.strictObject({
  Type: z.enum(['URL', 'NUMBER', 'STRING', 'DATE', 'EMAIL']),
  Value: z.string().max(4096).optional(),
})

/** StartOutboundVoiceContact. Fields that only campaigns may use are not known here, so they are refused. */
export const startOutbound = z.strictObject({
  InstanceId: z.string().min(1).max(100),
  ContactFlowId: z.string().min(1).max(500),
  DestinationPhoneNumber: z.string().regex(E164, 'not E.164'),
  SourcePhoneNumber: z.string().regex(E164, 'not E.164').optional(),
  QueueId: z.string().min(1).max(256).optional(),
  Attributes: attributes.optional(),
  ClientToken: z.string().max(500).optional(),
  TrafficType: z.literal('GENERAL').optional(),
  AnswerMachineDetectionConfig: z
    .strictObject({
      EnableAnswerMachineDetection: z.literal(false, 'needs TrafficType CAMPAIGN').optional(),
      AwaitAnswerMachinePrompt: z.boolean().optional(),
    })
    .optional(),
  // Accepted but not acted on: whether the vendor honours it for GENERAL traffic is not documented.
  RingTimeoutInSeconds: z.int().min(15).max(60).optional(),
  Name: z.string().max(1024).optional(),
  Description: z.string().max(4096).optional(),
  References: z.record(z.string().min(1).max(4096), reference).optional(),
  RelatedContactId: z.string().min(1).max(256).optional(),
})
export type StartOutbound = z.infer<typeof startOutbound>

/** StopContact of a voice contact; DisconnectReason is for campaigns. */
export const stopContact = z.strictObject({
  ContactId: z.string().min(1).max(256),
  InstanceId: z.string().min(1).max(100),
})

/** ListPhoneNumbersV2, as far as an instance without traffic distribution groups goes. */
export const listPhoneNumbers = z.strictObject({
  InstanceId: z.string().min(1).max(100).optional(),
  MaxResults: z.int().min(1).max(1000).optional(),
  NextToken: z.string().min(1).optional(),
  PhoneNumberPrefix: z
    .string()
    .regex(/^\+?[0-9]{1,15}$/)
    .optional(),
})
export type ListPhoneNumbers = z.infer<typeof listPhoneNumbers>

/** The first thing wrong with a request, in one line. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  return issue ? `${issue.path.join('.') || 'request'}: ${issue.message}` : 'invalid request'
}
