import { tokenBucket } from '../rate.ts'
import type { Vendor, VendorAnswer, VendorRequest } from '../server.ts'
import type { Account } from './account.ts'
import { operations2 } from './api2.ts'
import { operations3 } from './api3.ts'
import { authorizeFc2, authorizeFc3 } from './authorization.ts'
import { Fault, invalid } from './fault.ts'
import { getLogs, type LogRow } from './logs.ts'
import { checkRights, type RamPolicy, wantedRights } from './ram.ts'
import { type CallKind, match, type Operation } from './router.ts'
import { requestId } from './words.ts'

const API_3 = '/2023-03-30'
const API_2 = '/2016-08-15'
const LOGS = '/logstores/'
const CODE = '/code/'
// The vendor's names of throttling are not confirmed; its SDK tells one by this word.
const TOO_FAST = new Fault(429, 'Throttling.User', 'Request was denied due to user flow control.', 1000)

/** One request, as it was understood. */
export interface FcCall {
  api: '3.0' | '2.0' | 'logs' | 'none'
  /** The vendor's name of the operation, or method and path where there is none. */
  operation: string
  kind: CallKind
  method: string
  path: string
  /** Absent while there is no answer, and for good where it was spoilt. */
  status?: number
  /** Of a refusal. */
  code?: string
  /** What RAM was asked for, where there is a policy. */
  actions?: string[]
}

export interface DoorOptions {
  now(): number
  wallClock?(): number
  requestsPerSecond?: number
  /** What the key may do. Default: everything. */
  policy?: RamPolicy
}

/**
 * What comes in on the one address: it is told apart by its path, checked, carried out, and answered in its API's
 * words.
 */
export function frontDoor(
  account: Account,
  logs: LogRow[],
  { now, wallClock = Date.now, requestsPerSecond: rate, policy }: DoorOptions,
): Vendor & { calls: FcCall[] } {
  const { owner } = account
  const operations: Record<string, Operation[]> = { [API_3]: operations3(account), [API_2]: operations2(account) }
  const nonces = new Set<string>()
  const mayPass = rate === undefined ? () => true : tokenBucket(rate, rate, now)
  const calls: FcCall[] = []
  const callOf = new WeakMap<VendorRequest, FcCall>()

  function matched({ method, path }: VendorRequest) {
    return match(operations[versionOf(path)] ?? [], method, path.slice(API_3.length))
  }

  function note(request: VendorRequest): FcCall {
    const { method, path } = request
    const api = apiOf(path)
    const found = matched(request)?.found
    const name = api === 'logs' ? 'GetLogs' : (found?.name ?? `${method} ${path}`)
    const call: FcCall = { api, operation: name, kind: found?.kind ?? 'read', method, path }
    calls.push(call)
    callOf.set(request, call)
    return call
  }

  async function serve(request: VendorRequest): Promise<VendorAnswer> {
    const { path, params } = request
    if (path.startsWith(LOGS)) checkPolicy(request, 'logs', 'GetLogs', [path.slice(LOGS.length)])
    if (path.startsWith(LOGS)) return getLogs(account, logs, request, wallClock())
    if (path.startsWith(CODE)) return packageOf(account, path.slice(CODE.length))
    const version = versionOf(path)
    if (version === API_3) authorizeFc3(request, owner, wallClock(), nonces)
    if (version === API_2) authorizeFc2(request, owner, wallClock())
    if (!mayPass()) throw TOO_FAST
    const { found, names } = matched(request) ?? {}
    if (!found || !names) throw new Fault(400, 'PathNotSupported', `${request.method} ${path} is not supported`)
    const action = request.headers['x-acs-action']
    if (version === API_3 && action !== found.name)
      throw invalid(`action ${action} is not that of the path, ${found.name}`)
    checkPolicy(request, apiOf(path), found.name, names)
    const strange = [...params.keys()].find((name) => !found.query.some((known) => fits(known, name)))
    if (strange !== undefined) throw invalid(`${strange}: is no parameter of ${found.name}`)
    return found.run({ request, names: names.map(decoded), params })
  }

  function checkPolicy(request: VendorRequest, api: FcCall['api'], name: string, names: string[]): void {
    if (!policy) return
    const rights = wantedRights(api, name, request, names.map(decoded), owner)
    const call = callOf.get(request)
    if (call) call.actions = rights.map(([action]) => action)
    checkRights(rights, policy)
  }

  function refuse(request: VendorRequest, fault: Fault): VendorAnswer {
    const call = callOf.get(request)
    if (call) Object.assign(call, { status: fault.status, code: fault.code })
    return refusal(apiOf(request.path), fault)
  }

  return {
    calls,
    operation: (request) => note(request).operation,
    async answer(request) {
      try {
        const answered = await serve(request)
        const call = callOf.get(request)
        if (call) call.status = answered.status
        const id = requestId()
        return { ...answered, headers: { 'x-fc-request-id': id, 'x-log-requestid': id, ...answered.headers } }
      } catch (error) {
        if (error instanceof Fault) return refuse(request, error)
        throw error
      }
    },
    refuse: (failure, request) =>
      refuse(
        request,
        failure.kind === 'rate-limit'
          ? TOO_FAST
          : new Fault(400, String(failure.code), failure.message ?? 'planned failure'),
      ),
  }
}

function versionOf(path: string): string {
  return path.slice(0, API_3.length)
}

function apiOf(path: string): FcCall['api'] {
  if (path.startsWith(LOGS)) return 'logs'
  return ({ [API_3]: '3.0', [API_2]: '2.0' } as const)[versionOf(path)] ?? 'none'
}

/** `tag_*` stands for every name that begins so. */
function fits(known: string, name: string): boolean {
  return known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : known === name
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    throw invalid(`the path holds ${name}, which is not percent-encoded`)
  }
}

/** The package that GetFunctionCode points to. */
function packageOf({ functions, services }: Account, checksum: string): VendorAnswer {
  const all = [...functions.values(), ...services.values()].flatMap((owner) => owner.deployments())
  const found = all.find(({ code }) => code.checksum === checksum)
  if (!found) throw new Fault(404, 'NoSuchKey', 'the object does not exist')
  return { status: 200, headers: { 'content-type': 'application/zip' }, body: found.code.zip }
}

/** Each API puts code and message elsewhere. */
function refusal(api: FcCall['api'], { status, code, message, retryAfterMs }: Fault): VendorAnswer {
  const id = requestId()
  const headers = {
    'x-fc-request-id': id,
    'x-log-requestid': id,
    ...(retryAfterMs === undefined ? {} : { 'x-acs-retry-after': String(retryAfterMs) }),
  }
  if (api === '2.0') return { status, headers, body: { ErrorCode: code, ErrorMessage: message } }
  if (api === 'logs') return { status, headers, body: { errorCode: code, errorMessage: message } }
  return { status, headers, body: { code, message, requestId: id } }
}
