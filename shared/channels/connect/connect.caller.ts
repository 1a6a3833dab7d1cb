import { ConnectClient, StartOutboundVoiceContactCommand, StopContactCommand } from '@aws-sdk/client-connect'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { idOf } from '../../clouds/aws/arn.ts'
import type { Failure } from '../../contracts/failure.ts'
import { bytes, cutBytes } from '../../messages/cut.ts'
import type { Call, CallerOf, ChannelIo, Placed, VendorUrl } from '../channel.ts'
import { connectCalls } from './calls.ts'
import { BUSY_RETRY_MS, type ConnectFault, errors, readConnectFault, VENDOR } from './fault.ts'
import type { ConnectSettings } from './settings.ts'

/** A lost answer may be asked for again this long, and this often; after that nobody knows. */
const PLACING_MS = 10_000
const PLACING_TRIES = 3
const PLACING_TRY_MS = 3000
const STOPPING_TRIES = 2
const STOPPING_TRY_MS = 1500
const PAUSE_MS = 250
const CONNECTION_MS = 1000

/** Bytes: all attributes of a contact together, keys included. Calls: per account and Region, whichever the instance. */
const limits = {
  source: 'docs.aws.amazon.com/connect, API Reference: StartOutboundVoiceContact, and Administrator Guide: quotas',
  maxBytes: 32_768,
  perSecond: 2,
}

/** The SDK makes the vendor's own address of the region. */
const url: VendorUrl = { variable: 'AWS_ENDPOINT_URL_CONNECT', base: 'https://connect.REGION.amazonaws.com' }

/**
 * Phone calls through Amazon Connect. The token makes a repeat harmless at the vendor for 7 days; still, a call whose
 * answer was lost is only asked for again within the same `place`, and is `unknown` after that.
 */
export const connectCaller: CallerOf<ConnectSettings> = {
  type: 'connect',
  url,
  errors,
  ...connectCalls,
  limits,
  rateKey: () => 'account',
  place,
  stop,
}

async function place(call: Call, { instance, caller, flow }: ConnectSettings, io: ChannelIo): Promise<Placed> {
  const contactFlow = flow ?? io.env.CONTACT_FLOW_ID
  if (!contactFlow)
    return { status: 'refused', failure: { class: 'not-configured', vendor: VENDOR, variables: ['CONTACT_FLOW_ID'] } }
  if (io.signal.aborted)
    return { status: 'retry', afterMs: retryAfter(call), failure: { class: 'no-time', vendor: VENDOR } }

  const command = () =>
    new StartOutboundVoiceContactCommand({
      InstanceId: idOf(instance),
      ContactFlowId: idOf(contactFlow),
      DestinationPhoneNumber: call.phone,
      SourcePhoneNumber: caller,
      ClientToken: call.token,
      Attributes: attributesOf(call),
    })
  const until = io.now() + PLACING_MS
  let lost: Failure | undefined
  for (let tries = 1; ; tries++) {
    const ms = Math.min(PLACING_TRY_MS, until - io.now())
    const result = await within(ms, io.signal, (abortSignal) => clientOf(io).send(command(), { abortSignal }))
      .then(({ ContactId }) => ContactId ?? lostAnswer)
      .catch(readConnectFault)
    if (typeof result === 'string') return { status: 'placed', contactId: result }
    if (lost === undefined && result.kind !== 'lost') return refusal(call, result)
    lost ??= result.failure
    // A refusal now says nothing about the call whose answer was lost.
    if (result.kind === 'refused' || tries === PLACING_TRIES || io.signal.aborted || io.now() + PAUSE_MS >= until) {
      return { status: 'unknown', failure: tries === 1 ? lost : { ...lost, tries } }
    }
    await pause()
  }
}

async function stop(contactId: string, { instance }: ConnectSettings, io: ChannelIo): Promise<boolean> {
  for (let tries = 1; tries <= STOPPING_TRIES; tries++) {
    if (tries > 1) await pause()
    const command = new StopContactCommand({ InstanceId: idOf(instance), ContactId: contactId })
    const fault = await within(STOPPING_TRY_MS, io.signal, (abortSignal) => clientOf(io).send(command, { abortSignal }))
      .then(() => undefined)
      .catch(readConnectFault)
    if (fault === undefined || fault.failure.code === 'ContactNotFoundException') return true
    if (fault.failure.code === 'ResourceNotFoundException') return true
  }
  return false
}

const lostAnswer: ConnectFault = {
  kind: 'lost',
  failure: { class: 'unreadable-answer', vendor: VENDOR, code: 'NoContactId' },
}

function refusal(call: Call, fault: ConnectFault): Placed {
  const { said } = fault.failure
  const failure = said === undefined ? fault.failure : { ...fault.failure, said: said.replaceAll(call.phone, '…') }
  if (fault.kind === 'busy') return { status: 'retry', afterMs: retryAfter(call), failure }
  return { status: 'refused', failure }
}

/** A second and a little, different from call to call: Connect takes two calls a second. */
function retryAfter({ token }: Call): number {
  return BUSY_RETRY_MS + (Buffer.from(token).reduce((sum, byte) => sum * 31 + byte, 0) % 250)
}

function attributesOf({ phoneHash, seq, language, message }: Call): Record<string, string> {
  const others = { phoneHash, seq: String(seq), language }
  const room = limits.maxBytes - bytes(Object.entries(others).flat().join('')) - bytes('message')
  return { ...others, message: cutBytes(message, room) }
}

const clients = new Map<string, ConnectClient>()

function clientOf({ env }: ChannelIo): ConnectClient {
  const endpoint = env[url.variable]
  const key = JSON.stringify([endpoint, env.AWS_REGION, env.AWS_ACCESS_KEY_ID])
  const known = clients.get(key)
  if (known) return known
  const client = new ConnectClient({
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({ connectionTimeout: CONNECTION_MS }),
    ...(endpoint && { endpoint }),
    ...(env.AWS_REGION && { region: env.AWS_REGION }),
    ...(env.AWS_ACCESS_KEY_ID &&
      env.AWS_SECRET_ACCESS_KEY && {
        credentials: {
          accessKeyId: env.AWS_ACCESS_KEY_ID,
          secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
          ...(env.AWS_SESSION_TOKEN && { sessionToken: env.AWS_SESSION_TOKEN }),
        },
      }),
  })
  clients.set(key, client)
  return client
}

/** Gives a request `ms` at most, and no longer than `signal` lives. */
async function within<T>(ms: number, signal: AbortSignal, send: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const tooLate = new AbortController()
  const timer = setTimeout(() => tooLate.abort(), ms)
  try {
    return await send(AbortSignal.any([signal, tooLate.signal]))
  } finally {
    clearTimeout(timer)
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
}
