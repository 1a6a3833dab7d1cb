import {
  ConnectClient,
  DescribeContactCommand,
  StartOutboundVoiceContactCommand,
  type StartOutboundVoiceContactCommandInput,
  StopContactCommand,
} from '@aws-sdk/client-connect'
import type { ConnectSimulator } from './connect.ts'
import { CALLER, FLOW, INSTANCE } from './instance.ts'

export const TO = '+14155550101'
const REQUEST = {
  InstanceId: INSTANCE,
  ContactFlowId: FLOW,
  DestinationPhoneNumber: TO,
  SourcePhoneNumber: CALLER,
  Attributes: { pageId: 'p-1', attempt: '1', message: 'Server C P U too high' },
}

/** The vendor's own SDK, pointed at an instance; `keys` other than the instance's are wrong on purpose. */
export function sdkOf(sim: ConnectSimulator, keys: { id?: string; secret?: string } = {}) {
  const client = new ConnectClient({
    region: 'us-east-1',
    endpoint: sim.url,
    maxAttempts: 1,
    credentials: { accessKeyId: keys.id ?? 'AKIDTEST', secretAccessKey: keys.secret ?? 'secret' },
  })
  return {
    /** Starts a call; `more` goes over a request that is right. */
    dial: async (more: Partial<StartOutboundVoiceContactCommandInput> = {}) => {
      const { ContactId } = await client.send(new StartOutboundVoiceContactCommand({ ...REQUEST, ...more }))
      return String(ContactId)
    },
    stop: (ContactId: string) => client.send(new StopContactCommand({ InstanceId: INSTANCE, ContactId })),
    look: async (ContactId: string) =>
      (await client.send(new DescribeContactCommand({ InstanceId: INSTANCE, ContactId }))).Contact,
  }
}

/** The error an SDK call ends with: its name and HTTP status. */
export async function refusalOf(sent: Promise<unknown>): Promise<string | undefined> {
  const error = await sent.then(
    () => undefined,
    (reason: { name: string; $metadata: { httpStatusCode?: number } }) => reason,
  )
  return error && `${error.name} ${error.$metadata.httpStatusCode}`
}
