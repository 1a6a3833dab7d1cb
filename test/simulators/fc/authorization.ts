import { type Acs3Keys, acs3Fault } from '../acs3.ts'
import type { VendorRequest } from '../server.ts'
import { Fault } from './fault.ts'
import { checkFc2Signature } from './signature.ts'

/** The host of an address that was moved to this machine: it says nothing of account and region. */
export const LOOPBACK = /^(127\.0\.0\.1|localhost)(:\d+)?$/

// Function Compute has codes of its own for what the RPC APIs say with others ("Error codes").
const ownCodes: Record<string, [status: number, code: string]> = {
  MissingAuthorization: [400, 'MissingRequiredHeader'],
  'InvalidAccessKeyId.NotFound': [403, 'InvalidAccessKeyID'],
  'InvalidSecurityToken.Malformed': [403, 'AccessDenied'],
  'InvalidTimeStamp.Expired': [403, 'AccessDenied'],
  SignatureNonceUsed: [403, 'AccessDenied'],
}

export interface Owner extends Acs3Keys {
  /** Sixteen digits. */
  accountId: string
  region: string
}

/**
 * Lets a request of the account's owner pass. `now` is in milliseconds since 1970-01-01 UTC; `nonces` are those seen.
 *
 * @throws {Fault} for a host of another account or region, a wrong version, or a wrong signature
 */
export function authorizeFc3(request: VendorRequest, owner: Owner, now: number, nonces: Set<string>): void {
  checkHost(request, owner)
  const fault = acs3Fault(request, owner, now, nonces)
  if (fault) {
    const [status, code] = ownCodes[fault.code] ?? [403, 'SignatureNotMatch']
    throw new Fault(status, code, fault.message)
  }
  const version = request.headers['x-acs-version']
  if (version !== '2023-03-30') throw new Fault(400, 'InvalidArgument', `version ${version} is not that of the path`)
}

/** As `authorizeFc3`, of the API of 2016-08-15. */
export function authorizeFc2(request: VendorRequest, owner: Owner, now: number): void {
  checkHost(request, owner)
  checkFc2Signature(request, owner, now)
  const account = request.headers['x-fc-account-id']
  if (account !== owner.accountId) throw new Fault(403, 'AccessDenied', `account ${account} is not that of the key`)
}

function checkHost({ headers }: VendorRequest, { accountId, region }: Owner): void {
  const { host = '' } = headers
  const own = ['', '-internal'].flatMap((inside) => [
    `${accountId}.${region}${inside}.fc.aliyuncs.com`,
    `fcv3.${region}${inside}.aliyuncs.com`,
  ])
  if (LOOPBACK.test(host) || own.includes(host)) return
  throw new Fault(403, 'AccessDenied', `host ${host} is not that of account ${accountId} in ${region}`)
}
