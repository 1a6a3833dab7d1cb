import { randomUUID } from 'node:crypto'
import type { VendorRequest } from '../server.ts'
import { tc3Fault } from '../tc3.ts'
import { Refused } from './refused.ts'

// A POST's body: cloud.tencent.com/document/api/213/30654.
const BODY_BYTES = 10 * 1024 * 1024
const REGIONS = [
  ...['ap-guangzhou', 'ap-shanghai', 'ap-nanjing', 'ap-beijing', 'ap-chengdu', 'ap-chongqing', 'ap-hongkong'],
  ...['ap-singapore', 'ap-bangkok', 'ap-mumbai', 'ap-seoul', 'ap-tokyo', 'ap-jakarta', 'na-siliconvalley'],
  ...['na-ashburn', 'eu-frankfurt', 'sa-saopaulo', 'ap-shanghai-fsi', 'ap-shenzhen-fsi'],
]

export interface Keys {
  secretId: string
  secretKey: string
  /** Of temporary keys: every request must bring it. */
  token?: string
}

export function actionOf(request: VendorRequest): string {
  return String(request.headers['x-tc-action'] ?? '')
}

export function versionOf(request: VendorRequest): string {
  return String(request.headers['x-tc-version'] ?? '')
}

export function regionOf(request: VendorRequest): string {
  return String(request.headers['x-tc-region'] ?? '')
}

/** What every product checks: form, size, keys and clock. `now` is milliseconds since 1970-01-01 UTC. */
export function checkRequest(request: VendorRequest, service: string, keys: Keys, now: number): void {
  if (request.method !== 'POST' || request.path !== '/') throw new Refused('InvalidRequest', 'A call is a POST to /.')
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    throw new Refused('InvalidRequest', 'A call is JSON.')
  }
  if (request.body.length > BODY_BYTES) {
    throw new Refused('RequestSizeLimitExceeded', `The request is larger than ${BODY_BYTES} bytes.`)
  }
  const fault = tc3Fault(request, { ...keys, service }, now)
  if (fault) throw new Refused(fault.code, fault.message)
  if (request.headers['x-tc-token'] !== keys.token) throw new Refused('AuthFailure.TokenFailure', 'Token error.')
}

/** Every product here but the tag service is one of a region. */
export function checkRegion(request: VendorRequest, service: string): void {
  const region = regionOf(request)
  if (region === '' && service === 'tag') return
  if (region === '') throw new Refused('MissingParameter', 'The request is missing the header X-TC-Region.')
  if (!REGIONS.includes(region)) throw new Refused('UnsupportedRegion', `The region ${region} is not supported.`)
}

/** An answer: HTTP 200, whatever is inside. */
export function respond(response: object) {
  return { status: 200, body: { Response: { ...response, RequestId: randomUUID() } } }
}

export function respondRefused({ code, message }: Refused) {
  return respond({ Error: { Code: code, Message: message } })
}
