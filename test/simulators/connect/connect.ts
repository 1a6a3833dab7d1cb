import { realSchedule, type Schedule } from '../clock.ts'
import type { Refusal } from '../failures.ts'
import type { Phones } from '../phones.ts'
import { tokenBucket } from '../rate.ts'
import { jsonObject, type ServerOptions, startVendorServer, type VendorRequest, type VendorServer } from '../server.ts'
import { type LiveCall, placeCall } from './call.ts'
import { describeContact } from './describe.ts'
import { type Condition, describeFlow, describeInstance, listNumbers } from './describe-instance.ts'
import { type ContactEvent, contactEvent, partsOf } from './events.ts'
import { readFlow } from './flow-rules.ts'
import { operationOf, statusOf } from './operations.ts'
import { firstIssue, listPhoneNumbers, type StartOutbound, startOutbound, stopContact } from './request.ts'
import { type AwsFault, signatureFault } from './signature.ts'
import type { CallEvent, SimulatedCall, Spoken } from './simulated-call.ts'

// Quotas: Amazon Connect Administrator Guide, "Amazon Connect service quotas" and "API throttling quotas".
const PER_SECOND = 2
const BURST = 5
const CONCURRENT_CALLS = 10
const TOKEN_LIFE_MS = 7 * 24 * 60 * 60_000
const RING_MS = 60_000

export type ConnectEvent =
  | CallEvent
  | { type: 'refused'; operation: string; code: string; message: string }
  /** `emit` rejected: the event is lost. */
  | { type: 'event-lost'; event: ContactEvent; reason: string }

export interface ConnectOptions extends ServerOptions {
  instanceId: string
  instanceArn: string
  /** Flow id → content. Contents are checked as CreateContactFlow would. */
  flows: Record<string, object>
  /** E.164 numbers claimed to the instance. */
  sourceNumbers: string[]
  accessKeyId: string
  secretAccessKey: string
  invokeLambda(arn: string, event: unknown): Promise<unknown>
  /** Takes a contact event to EventBridge. */
  emit(event: ContactEvent): Promise<void>
  /** How often an event is delivered: 0 loses it, 2 duplicates it. Default 1. */
  copies?(event: ContactEvent): number
  now(): number
  /** What signatures are judged by: the SDK signs with the machine's clock, so the default is that clock. */
  wallClock?(): number
  /** Prefixes that may be called. Default: every number. */
  destinations?: string[]
  /** How the instance and its flows are, where not well. */
  condition?: Condition
  ringMs?: number
  /** How long saying a text takes, in milliseconds; see `speakingTime`. Default: no time. */
  speakingMs?(text: string): number
  schedule?: Schedule
  onRing?(call: SimulatedCall): void
  onSpeak?(call: SimulatedCall, spoken: Spoken): void
  onEvent?(event: ConnectEvent): void
}

/** The instance, and the phones it calls: whoever plays a phone uses the contact id of its call. */
export interface ConnectSimulator extends VendorServer, Phones {
  decline(contactId: string): void
  busy(contactId: string): void
  /** Resolves when `emit` is back for every event so far. */
  delivered(): Promise<void>
}

class Refused extends Error {
  readonly fault: AwsFault
  constructor(type: string, message: string) {
    super(message)
    this.fault = { type, message }
  }
}

/** About how long a voice needs: a Chinese character 220 ms, any other 65 ms. */
export function speakingTime(text: string): number {
  return [...text].reduce((ms, character) => ms + (/\p{Script=Han}/u.test(character) ? 220 : 65), 0)
}

/**
 * An Amazon Connect instance: StartOutboundVoiceContact, StopContact, and what describes contacts, flows, numbers and the instance,
 * with SigV4 recomputed, quotas and idempotency on the passed clock; contact flows that run, and phones that ring until somebody
 * plays them.
 * Rejects when a flow is not valid or the port is taken.
 */
export async function startConnectSimulator(options: ConnectOptions): Promise<ConnectSimulator> {
  const { region } = partsOf(options.instanceArn)
  const flows = new Map(Object.entries(options.flows).map(([id, content]) => [id, readFlow(content)]))
  const live = new Map<string, LiveCall>()
  const calls: SimulatedCall[] = []
  const refused: ConnectSimulator['refused'] = []
  const tokens = new Map<string, { contactId: string; at: number }>()
  const buckets = new Map<string, () => boolean>()
  const deliveries = new Set<Promise<void>>()
  const wallClock = options.wallClock ?? Date.now

  function tell(event: CallEvent) {
    options.onEvent?.(event)
    if (event.type === 'ring') options.onRing?.(event.call)
    if (event.type === 'speak') options.onSpeak?.(event.call, event.spoken)
  }

  function publish(event: ContactEvent) {
    for (let copy = options.copies?.(event) ?? 1; copy > 0; copy--) {
      const delivery: Promise<void> = options
        .emit(structuredClone(event))
        .catch((error: unknown) => options.onEvent?.({ type: 'event-lost', event, reason: String(error) }))
        .finally(() => deliveries.delete(delivery))
      deliveries.add(delivery)
    }
  }

  function refuse(operation: string, { type, message }: AwsFault) {
    const refusal = { operation, code: type, message }
    refused.push(refusal)
    options.onEvent?.({ type: 'refused', ...refusal })
    return { status: statusOf(type), headers: { 'x-amzn-errortype': type }, body: { Message: message } }
  }

  function answer(request: VendorRequest) {
    const operation = operationOf(request)
    try {
      return { status: 200, body: perform(operation, request) }
    } catch (error) {
      if (error instanceof Refused) return refuse(operation, error.fault)
      throw error
    }
  }

  function perform(operation: string, request: VendorRequest): object {
    const fault = signatureFault(request, { ...options, region, service: 'connect' }, wallClock())
    if (fault) throw new Refused(fault.type, fault.message)
    if (!passes(operation)) throw new Refused('ThrottlingException', 'Rate exceeded')
    if (operation === 'StartOutboundVoiceContact') return start(request)
    if (operation === 'StopContact') return stop(request)
    if (operation === 'DescribeContact') return describe(request)
    if (operation === 'DescribeContactFlow') return describeContactFlow(request)
    if (operation === 'DescribeInstance') return describeOwn(request)
    if (operation === 'ListPhoneNumbersV2') return numbers(request)
    throw new Refused('UnknownOperationException', `${request.method} ${request.path}`)
  }

  function passes(operation: string): boolean {
    const bucket = buckets.get(operation) ?? tokenBucket(PER_SECOND, BURST, options.now)
    buckets.set(operation, bucket)
    return bucket()
  }

  function start(request: VendorRequest) {
    const { data, error } = startOutbound.safeParse(jsonObject(request.body))
    if (!data) throw new Refused('InvalidParameterException', firstIssue(error))
    checkInstance(data.InstanceId)
    const known = data.ClientToken === undefined ? undefined : tokens.get(data.ClientToken)
    if (known && options.now() - known.at < TOKEN_LIFE_MS) return { ContactId: known.contactId }
    return { ContactId: place(data).call.contactId }
  }

  function place(data: StartOutbound): LiveCall {
    const flow = flows.get(data.ContactFlowId)
    if (!flow) throw new Refused('ResourceNotFoundException', 'Contact flow not found')
    const from = data.SourcePhoneNumber
    if (data.QueueId !== undefined) throw new Refused('ResourceNotFoundException', 'Queue not found')
    if (from === undefined) throw new Refused('InvalidRequestException', 'Neither source phone number nor queue')
    if (!options.sourceNumbers.includes(from)) {
      throw new Refused('InvalidRequestException', 'The source phone number is not claimed to the instance')
    }
    if (data.RelatedContactId !== undefined && !live.has(data.RelatedContactId)) {
      throw new Refused('ResourceNotFoundException', 'Related contact not found')
    }
    if (!(options.destinations ?? ['+']).some((prefix) => data.DestinationPhoneNumber.startsWith(prefix))) {
      throw new Refused('DestinationNotAllowedException', 'Outbound calls to the destination number are not allowed.')
    }
    if (calls.filter(({ state }) => state !== 'disconnected').length >= CONCURRENT_CALLS) {
      throw new Refused('LimitExceededException', 'Concurrent active calls limit exceeded')
    }
    const placed = placeCall(data, from, {
      instanceArn: options.instanceArn,
      region,
      flow,
      ringMs: options.ringMs ?? RING_MS,
      speakingMs: options.speakingMs ?? (() => 0),
      invokeLambda: options.invokeLambda,
      now: options.now,
      schedule: options.schedule ?? realSchedule,
      tell,
      publish: (type, call) => publish(contactEvent(type, call, options.instanceArn, options.now())),
    })
    live.set(placed.call.contactId, placed)
    calls.push(placed.call)
    if (data.ClientToken !== undefined) {
      tokens.set(data.ClientToken, { contactId: placed.call.contactId, at: options.now() })
    }
    placed.ring()
    return placed
  }

  function stop(request: VendorRequest) {
    const { data, error } = stopContact.safeParse(jsonObject(request.body))
    if (!data) throw new Refused('InvalidParameterException', firstIssue(error))
    checkInstance(data.InstanceId)
    const placed = live.get(data.ContactId)
    if (!placed || placed.call.state === 'disconnected') {
      throw new Refused('ContactNotFoundException', 'The contact is not active')
    }
    // The vendor documents a reason for a call cancelled while it rings, and none for one ended in the flow.
    placed.end(placed.call.state === 'ringing' ? 'TELECOM_ORIGINATOR_CANCEL' : 'OTHER')
    return {}
  }

  function describe(request: VendorRequest) {
    const [, , instanceId = '', contactId = ''] = request.path.split('/').map(decodeURIComponent)
    checkInstance(instanceId)
    const placed = live.get(contactId)
    if (!placed) throw new Refused('ResourceNotFoundException', 'Contact not found')
    return describeContact(placed.call, options.instanceArn)
  }

  function describeContactFlow(request: VendorRequest) {
    const [, , instanceId = '', flowId = ''] = request.path.split('/').map(decodeURIComponent)
    checkInstance(instanceId)
    const content = options.flows[flowId]
    if (!content) throw new Refused('ResourceNotFoundException', 'Contact flow not found')
    return describeFlow(flowId, content, options)
  }

  function describeOwn(request: VendorRequest) {
    checkInstance(decodeURIComponent(request.path.split('/')[2] ?? ''))
    return describeInstance(options)
  }

  function numbers(request: VendorRequest) {
    const { data, error } = listPhoneNumbers.safeParse(jsonObject(request.body))
    if (!data) throw new Refused('InvalidParameterException', firstIssue(error))
    if (data.InstanceId !== undefined) checkInstance(data.InstanceId)
    return listNumbers(data, options)
  }

  function checkInstance(id: string) {
    if (id !== options.instanceId) throw new Refused('ResourceNotFoundException', 'Instance not found')
  }

  function phone(contactId: string): LiveCall {
    const found = live.get(contactId)
    if (!found) throw new Error(`no call has the contact id ${contactId}`)
    return found
  }

  function whileRinging(contactId: string, reason: string) {
    const { call, end } = phone(contactId)
    if (call.state !== 'ringing') throw new Error(`call ${contactId} is ${call.state}, it does not ring`)
    end(reason)
  }

  const server = await startVendorServer(
    {
      answer,
      operation: operationOf,
      refuse: (failure) => refuse('planned', planned(failure)),
    },
    options,
  )
  return Object.assign(server, {
    calls,
    refused,
    answer: async (contactId: string) => phone(contactId).answer(),
    press: async (contactId: string, key: string) => phone(contactId).press(key),
    silence: async (contactId: string) => phone(contactId).silence(),
    hangUp: (contactId: string) => {
      const { call, end } = phone(contactId)
      end(call.state === 'ringing' ? 'TELECOM_BUSY' : 'CUSTOMER_DISCONNECT')
    },
    decline: (contactId: string) => whileRinging(contactId, 'TELECOM_BUSY'),
    noAnswer: (contactId: string) => whileRinging(contactId, 'TELECOM_UNANSWERED'),
    busy: (contactId: string) => whileRinging(contactId, 'TELECOM_BUSY'),
    delivered: async () => {
      while (deliveries.size > 0) await Promise.all(deliveries)
    },
  })
}

function planned(failure: Refusal): AwsFault {
  if (failure.kind === 'rate-limit') return { type: 'ThrottlingException', message: 'Rate exceeded' }
  return { type: String(failure.code), message: failure.message ?? 'planned failure' }
}
