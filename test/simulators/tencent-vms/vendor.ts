import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { realSchedule, type Schedule } from '../clock.ts'
import type { CallEvent, SimulatedCall } from '../connect/simulated-call.ts'
import { faultOf, type VendorFault } from '../failures.ts'
import type { Phones } from '../phones.ts'
import { tokenBucket } from '../rate.ts'
import { jsonObject, type ServerOptions, startVendorServer, type VendorRequest, type VendorServer } from '../server.ts'
import { tc3Fault } from '../tc3.ts'
import { type LiveCall, placeCall } from './call.ts'
import { CalleeRules } from './callee-rules.ts'

const PER_SECOND = 5
const RING_MS = 60_000
const CALLER = '075500000000'

export interface TencentVmsOptions extends ServerOptions {
  secretId: string
  secretKey: string
  /** Keys of further accounts: secret ids with their secret keys. */
  others?: Record<string, string>
  /** VoiceSdkAppids. */
  apps: string[]
  /** Approved sentences by their number. */
  templates: Record<string, string>
  now(): number
  /** What signatures are judged by; the default is `now`. */
  wallClock?(): number
  schedule?: Schedule
  ringMs?: number
  speakingMs?(text: string): number
  /** Takes one callback to the configured address. */
  push(callback: object): void
  onEvent?(event: CallEvent | { type: 'refused'; operation: string; code: string; message: string }): void
}

/** The vendor, and the phones that it rings. */
export interface TencentVmsSimulator extends VendorServer, Phones {
  /** The network ends it with this failure_code. */
  end(contactId: string, failure: number): void
}

const wanted = z.strictObject({
  TemplateId: z.string(),
  CalledNumber: z.string(),
  VoiceSdkAppid: z.string(),
  TemplateParamSet: z.array(z.string()).optional(),
  PlayTimes: z.int().min(1).max(3).optional(),
  SessionContext: z.string().max(512).optional(),
})

/**
 * Tencent Cloud's SendTtsVoice with TC3 recomputed: sentences without variables alone are approved, limits per number enforced. There is
 * no idempotency: each request is a call. Rejects when a sentence has a variable.
 */
export async function startTencentVms(options: TencentVmsOptions): Promise<TencentVmsSimulator> {
  for (const [id, text] of Object.entries(options.templates))
    if (text === '' || text.length > 350 || /[{}]/.test(text)) throw new Error(`${id} is not approved: ${text}`)
  const live = new Map<string, LiveCall>()
  const calls: SimulatedCall[] = []
  const refused: TencentVmsSimulator['refused'] = []
  const callees = new Map<string, CalleeRules>()
  const bucket = tokenBucket(PER_SECOND, PER_SECOND, options.now)

  function refuse({ code, message }: VendorFault) {
    const refusal = { operation: 'SendTtsVoice', code: String(code), message }
    refused.push(refusal)
    options.onEvent?.({ type: 'refused', ...refusal })
    return respond({ Error: { Code: refusal.code, Message: message } })
  }

  function answer(request: VendorRequest) {
    const wallClock = options.wallClock ?? options.now
    const wrong = tc3Fault(request, { ...options, service: 'vms' }, wallClock()) ?? headerFault(request)
    if (wrong) return refuse(wrong)
    const { data, error } = wanted.safeParse(jsonObject(request.body))
    if (error) return refuse({ code: 'InvalidParameter', message: error.issues[0]?.message ?? '' })
    if (!bucket()) return refuse(TOO_FAST)
    const { TemplateId, CalledNumber, VoiceSdkAppid, TemplateParamSet = [], PlayTimes = 2, SessionContext } = data
    const text = options.templates[TemplateId]
    if (!options.apps.includes(VoiceSdkAppid)) return refuse(fault('InvalidParameterValue.SdkAppidNotExist'))
    if (!/^\+86\d{10,12}$/.test(CalledNumber)) return refuse(fault('InvalidParameterValue.CalledNumberVerifyFail'))
    if (text === undefined || TemplateParamSet.length > 0)
      return refuse(fault('FailedOperation.TemplateIncorrectOrUnapproved'))
    const rules = callees.get(CalledNumber) ?? new CalleeRules()
    callees.set(CalledNumber, rules)
    if (!rules.ask(options.now())) return refuse(fault('LimitExceeded.DeliveryFrequencyLimit'))
    const placed = placeCall(CalledNumber, text, PlayTimes, {
      from: CALLER,
      ringMs: options.ringMs ?? RING_MS,
      speakingMs: options.speakingMs ?? (() => 0),
      now: options.now,
      schedule: options.schedule ?? realSchedule,
      tell: (event) => options.onEvent?.(event),
      push: options.push,
    })
    live.set(placed.call.contactId, placed)
    calls.push(placed.call)
    placed.ring()
    return respond({ SendStatus: { CallId: placed.call.contactId, SessionContext: SessionContext ?? '' } })
  }

  function phone(contactId: string): LiveCall {
    const found = live.get(contactId)
    if (!found) throw new Error(`no call has the id ${contactId}`)
    return found
  }

  const server = await startVendorServer({ answer, refuse: (failure) => refuse(faultOf(failure, TOO_FAST)) }, options)
  return Object.assign(server, {
    calls,
    refused,
    answer: async (contactId: string) => phone(contactId).answer(),
    // No key is awaited, ever.
    press: async () => false,
    silence: async () => false,
    hangUp: (contactId: string) => {
      const { call, end } = phone(contactId)
      end(call.state === 'ringing' ? 6 : undefined)
    },
    noAnswer: (contactId: string) => phone(contactId).end(5),
    end: (contactId: string, failure: number) => phone(contactId).end(failure),
  })
}

const TOO_FAST: VendorFault = { code: 'RequestLimitExceeded', message: 'The number of requests exceeds the limit.' }

function fault(code: string): VendorFault {
  return { code, message: 'refused' }
}

function headerFault({ method, path, headers }: VendorRequest): VendorFault | undefined {
  if (method !== 'POST' || path !== '/') return { code: 'InvalidRequest', message: 'An action is a POST to /.' }
  if (headers['x-tc-action'] !== 'SendTtsVoice') return { code: 'InvalidAction', message: 'The action is not found.' }
  if (headers['x-tc-version'] !== '2020-09-02') return { code: 'NoSuchVersion', message: 'The version is not found.' }
  if (headers['x-tc-region'] === undefined)
    return { code: 'MissingParameter', message: 'The header X-TC-Region is missing.' }
}

function respond(response: Record<string, unknown>) {
  return { status: 200, body: { Response: { ...response, RequestId: randomUUID() } } }
}
