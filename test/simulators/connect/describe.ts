import type { SimulatedCall } from './simulated-call.ts'

/** DescribeContact's answer; timestamps are epoch seconds on the wire. */
export function describeContact(call: SimulatedCall, instanceArn: string) {
  const seconds = (instant: number) => instant / 1000
  return {
    Contact: {
      Arn: `${instanceArn}/contact/${call.contactId}`,
      Id: call.contactId,
      InitiationMethod: 'API',
      Channel: 'VOICE',
      InitiationTimestamp: seconds(call.initiatedAt),
      LastUpdateTimestamp: seconds(call.disconnectedAt ?? call.connectedAt ?? call.initiatedAt),
      CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: call.to },
      SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: call.from },
      ...(call.connectedAt !== undefined && { ConnectedToSystemTimestamp: seconds(call.connectedAt) }),
      ...(call.disconnectedAt !== undefined && { DisconnectTimestamp: seconds(call.disconnectedAt) }),
      ...(call.disconnectReason !== undefined && { DisconnectReason: call.disconnectReason }),
    },
  }
}
