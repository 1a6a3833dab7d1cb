import type { SimulatedCall } from './simulated-call.ts'

/** What a flow's Lambda function gets (Amazon Connect Administrator Guide, "Invoke AWS Lambda functions"). */
export function lambdaEvent(call: SimulatedCall, instanceArn: string, parameters: Record<string, string>) {
  return {
    Name: 'ContactFlowEvent',
    Details: {
      ContactData: {
        Attributes: { ...call.attributes },
        Channel: 'VOICE',
        ContactId: call.contactId,
        CustomerEndpoint: { Address: call.to, Type: 'TELEPHONE_NUMBER' },
        CustomerId: null,
        Description: call.description ?? null,
        InitialContactId: call.contactId,
        InitiationMethod: 'API',
        InstanceARN: instanceArn,
        LanguageCode: 'en-US',
        MediaStreams: { Customer: { Audio: null } },
        Name: call.name ?? null,
        PreviousContactId: call.contactId,
        Queue: null,
        References: call.references,
        SystemEndpoint: { Address: call.from, Type: 'TELEPHONE_NUMBER' },
      },
      Parameters: parameters,
    },
  }
}
