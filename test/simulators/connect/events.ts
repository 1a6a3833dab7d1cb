import { randomUUID } from 'node:crypto'
import type { SimulatedCall } from './simulated-call.ts'

export type ContactEventType = 'INITIATED' | 'CONNECTED_TO_SYSTEM' | 'DISCONNECTED' | 'COMPLETED'

/** A contact event as EventBridge delivers it (Amazon Connect Administrator Guide, "Amazon Connect contact events"). */
export interface ContactEvent {
  version: '0'
  id: string
  'detail-type': 'Amazon Connect Contact Event'
  source: 'aws.connect'
  account: string
  time: string
  region: string
  resources: string[]
  detail: {
    eventType: ContactEventType
    contactId: string
    initialContactId: string
    channel: 'VOICE'
    instanceArn: string
    initiationMethod: 'API'
    initiationTimestamp: string
    connectedToSystemTimestamp?: string
    disconnectTimestamp?: string
    disconnectReason?: string
  }
}

/** The event for what a call has just become; `now` is in milliseconds since 1970-01-01 UTC. */
export function contactEvent(
  type: ContactEventType,
  call: SimulatedCall,
  instanceArn: string,
  now: number,
): ContactEvent {
  const { region, account } = partsOf(instanceArn)
  const iso = (instant: number) => new Date(instant).toISOString()
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Amazon Connect Contact Event',
    source: 'aws.connect',
    account,
    time: iso(now).replace(/\.\d{3}Z$/, 'Z'),
    region,
    resources: [`${instanceArn}/contact/${call.contactId}`, instanceArn],
    detail: {
      eventType: type,
      contactId: call.contactId,
      initialContactId: call.contactId,
      channel: 'VOICE',
      instanceArn,
      initiationMethod: 'API',
      initiationTimestamp: iso(call.initiatedAt),
      ...(call.connectedAt !== undefined && { connectedToSystemTimestamp: iso(call.connectedAt) }),
      ...(call.disconnectedAt !== undefined && { disconnectTimestamp: iso(call.disconnectedAt) }),
      ...(call.disconnectReason !== undefined && { disconnectReason: call.disconnectReason }),
    },
  }
}

/** Region and account of an instance's ARN. Throws when it is none. */
export function partsOf(instanceArn: string): { region: string; account: string } {
  const match = /^arn:aws:connect:([a-z0-9-]+):(\d{12}):instance\/[\w-]+$/.exec(instanceArn)
  if (!match) throw new Error(`not the ARN of a Connect instance: ${instanceArn}`)
  return { region: match[1] ?? '', account: match[2] ?? '' }
}
