import { randomUUID } from 'node:crypto'
import { type Acs3Fault, type Acs3Keys, acs3Fault } from '../acs3.ts'
import { realSchedule, type Schedule } from '../clock.ts'
import type { CallEvent, SimulatedCall } from '../connect/simulated-call.ts'
import { faultOf, type VendorFault } from '../failures.ts'
import type { Phones } from '../phones.ts'
import { tokenBucket } from '../rate.ts'
import {
  type ServerOptions,
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from '../server.ts'
import { type LiveCall, placeCall, type Wanted } from './call.ts'
import { CalleeRules, type PerCallee } from './callee-rules.ts'
import { beijing } from './receipts.ts'
import { commonFault, requestFault, reviewFault, spoken } from './rules.ts'

const VERSION = '2017-05-25'
const PER_SECOND = 100
const RING_MS = 60_000
const DAY_MS = 86_400_000
const PRODUCTS = { IvrCall: '11000000300005', SingleCallByTts: '11010000138001' }

export interface AliyunVoiceOptions extends ServerOptions, Acs3Keys {
  /** Numbers that the account has bought. */
  callers: string[]
  /** Approved templates, by their number. */
  templates: Record<string, string>
  now(): number
  /** Where a ticket has raised the usual limits. */
  perCallee?: PerCallee
  schedule?: Schedule
  ringMs?: number
  speakingMs?(text: string): number
  /** Takes one receipt of a call to whoever subscribed. */
  push(receipt: object): void
  onEvent?(event: AliyunVoiceEvent): void
}

export type AliyunVoiceEvent = CallEvent | { type: 'refused'; operation: string; code: string; message: string }

/** The vendor, and the phones that it rings. */
export interface AliyunVoiceSimulator extends VendorServer, Phones {
  /** Requests that came within a second of another one for the same callee: both were blocked. */
  blocked: string[]
  /** The call ends with this final status, as the network has it. */
  end(contactId: string, status: string): void
}

/**
 * Alibaba Cloud's Dyvmsapi: IvrCall, SingleCallByTts and QueryCallDetailByCallId with ACS3 recomputed, templates reviewed, and limits per
 * callee enforced; two requests for one callee within a second block both. There is no idempotency: each request is a call. Rejects
 * when a template would not be approved.
 */
export async function startAliyunVoice(options: AliyunVoiceOptions): Promise<AliyunVoiceSimulator> {
  for (const [code, text] of Object.entries(options.templates)) {
    const fault = reviewFault(text)
    if (fault !== undefined) throw new Error(`${code} is not approved: ${fault}`)
  }
  const nonces = new Set<string>()
  const live = new Map<string, LiveCall & { product: string }>()
  const calls: SimulatedCall[] = []
  const refused: AliyunVoiceSimulator['refused'] = []
  const blocked: string[] = []
  const callees = new Map<string, CalleeRules>()
  const bucket = tokenBucket(PER_SECOND, PER_SECOND, options.now)

  function refuse(operation: string, fault: VendorFault | Acs3Fault): VendorAnswer {
    const refusal = { operation, code: String(fault.code), message: fault.message }
    refused.push(refusal)
    options.onEvent?.({ type: 'refused', ...refusal })
    const isOurTrouble = /^(isp\.|InternalError)/.test(refusal.code)
    const status = 'status' in fault ? fault.status : isOurTrouble ? 500 : /^isv\./.test(refusal.code) ? 200 : 400
    return { status, body: { ...said(refusal), ...(status === 200 ? {} : { HostId: 'simulator' }) } }
  }

  function answer(request: VendorRequest): VendorAnswer {
    const operation = operationOf(request)
    const fault = acs3Fault(request, options, options.now(), nonces) ?? gatewayFault(request, operation)
    if (fault) return refuse(operation, fault)
    if (!bucket()) return refuse(operation, TOO_FAST)
    if (operation === 'QueryCallDetailByCallId') return detail(request.params)
    const wanted = operation === 'IvrCall' ? ivr(request.params) : notice(request.params)
    if ('code' in wanted) return refuse(operation, { code: wanted.code, message: 'refused' })
    const callee = wanted.to
    const rules = callees.get(callee) ?? new CalleeRules(options.perCallee)
    callees.set(callee, rules)
    const verdict = rules.ask(options.now())
    if (verdict === 'both') {
      blocked.push(callee)
      const before = [...live.values()].findLast(({ call }) => call.to.endsWith(wanted.to.replace(/^0/, '')))
      before?.end('200119')
    }
    if (verdict !== 'taken') {
      return refuse(operation, { code: 'isv.BUSINESS_LIMIT_CONTROL', message: `业务级流控,${wanted.to}` })
    }
    return ring(wanted, operation)
  }

  function ring(wanted: Wanted, operation: string): VendorAnswer {
    const placed = placeCall(wanted, {
      ringMs: options.ringMs ?? RING_MS,
      speakingMs: options.speakingMs ?? (() => 0),
      now: options.now,
      schedule: options.schedule ?? realSchedule,
      tell: (event) => options.onEvent?.(event),
      push: options.push,
    })
    const product = operation === 'IvrCall' ? PRODUCTS.IvrCall : PRODUCTS.SingleCallByTts
    live.set(placed.call.contactId, Object.assign(placed, { product }))
    calls.push(placed.call)
    placed.ring()
    return { status: 200, body: { ...said({ code: 'OK', message: 'OK' }), CallId: placed.call.contactId } }
  }

  function ivr(params: URLSearchParams): Wanted | { code: string } {
    const common = commonFault(params, options.callers)
    if (common) return { code: common }
    const opening = spoken(options.templates[params.get('StartCode') ?? ''], params.get('StartTtsParams'))
    if ('code' in opening) return opening
    const menu: Record<string, string> = {}
    for (let n = 1; params.has(`MenuKeyMap.${n}.Key`); n++) {
      const key = params.get(`MenuKeyMap.${n}.Key`) ?? ''
      const code = params.get(`MenuKeyMap.${n}.Code`) ?? ''
      const says = spoken(options.templates[code], params.get(`MenuKeyMap.${n}.TtsParams`))
      if (!/^[0-9*#]$/.test(key) || key in menu) return { code: 'isv.INVALID_PARAMETERS' }
      if ('code' in says) return says
      menu[key] = says.said
    }
    return { ...wantedOf(params), opening: opening.said, menu }
  }

  function notice(params: URLSearchParams): Wanted | { code: string } {
    const common = commonFault(params, options.callers)
    if (common) return { code: common }
    const opening = spoken(options.templates[params.get('TtsCode') ?? ''], params.get('TtsParam'))
    return 'code' in opening ? opening : { ...wantedOf(params), opening: opening.said, menu: {} }
  }

  function detail(params: URLSearchParams): VendorAnswer {
    const found = live.get(params.get('CallId') ?? '')
    const since = Number(params.get('QueryDate'))
    const isThere =
      found !== undefined &&
      found.product === params.get('ProdId') &&
      found.call.initiatedAt >= since &&
      found.call.initiatedAt < since + DAY_MS
    if (!isThere) return refuse('QueryCallDetailByCallId', { code: 'isv.INVALID_PARAMETERS', message: 'no such call' })
    const { call, status } = found
    const running = call.state === 'ringing' ? '200201' : '200102'
    const seconds =
      call.connectedAt === undefined ? 0 : ((call.disconnectedAt ?? options.now()) - call.connectedAt) / 1000
    const data = {
      caller: call.from,
      callee: call.to.replace(/^\+86/, ''),
      state: status ?? running,
      stateDesc: status ?? running,
      duration: Math.ceil(seconds),
      gmtCreate: beijing(call.initiatedAt),
      startDate: beijing(call.connectedAt),
      endDate: beijing(call.disconnectedAt),
    }
    return { status: 200, body: { ...said({ code: 'OK', message: 'OK' }), Data: JSON.stringify(data) } }
  }

  function phone(contactId: string): LiveCall {
    const found = live.get(contactId)
    if (!found) throw new Error(`no call has the id ${contactId}`)
    return found
  }

  const server = await startVendorServer(
    {
      answer,
      operation: operationOf,
      refuse: (failure, request) => refuse(operationOf(request), faultOf(failure, TOO_FAST)),
    },
    options,
  )
  return Object.assign(server, {
    calls,
    refused,
    blocked,
    answer: async (contactId: string) => phone(contactId).answer(),
    press: async (contactId: string, key: string) => phone(contactId).press(key),
    silence: async (contactId: string) => phone(contactId).silence(),
    hangUp: (contactId: string) => {
      const { call, end } = phone(contactId)
      end(call.state === 'ringing' ? '200005' : '200001')
    },
    noAnswer: (contactId: string) => phone(contactId).end('200003'),
    end: (contactId: string, status: string) => phone(contactId).end(status, '机器'),
  })
}

const TOO_FAST: Acs3Fault = {
  status: 400,
  code: 'Throttling.User',
  message: 'Request was denied due to user flow control.',
}

function operationOf({ headers }: VendorRequest): string {
  return String(headers['x-acs-action'])
}

function gatewayFault({ method, path, headers, params }: VendorRequest, operation: string) {
  if (method !== 'POST' || path !== '/' || headers['x-acs-version'] !== VERSION)
    return { status: 404, code: 'InvalidAction.NotFound', message: 'The specified API is not found.' }
  return requestFault(operation, params)
}

function wantedOf(params: URLSearchParams): Pick<Wanted, 'from' | 'to' | 'outId' | 'playTimes' | 'keyMs'> {
  return {
    from: params.get('CalledShowNumber') ?? 'shared',
    to: params.get('CalledNumber') ?? '',
    outId: params.get('OutId') ?? undefined,
    playTimes: Number(params.get('PlayTimes') ?? 3),
    keyMs: Number(params.get('Timeout') ?? 3_000),
  }
}

function said({ code, message }: VendorFault) {
  return { RequestId: randomUUID(), Code: String(code), Message: message }
}
