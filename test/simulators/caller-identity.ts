import { randomUUID } from 'node:crypto'
import { type Acs3Keys, acs3Fault } from './acs3.ts'
import { startVendorServer, type VendorRequest, type VendorServer } from './server.ts'
import { tc3Fault } from './tc3.ts'

/**
 * STS of Tencent Cloud and Alibaba Cloud, as far as telling whose key it is: GetCallerIdentity of versions 2018-08-13
 * (cloud.tencent.com/document/api/1312/49778, its answer from the SDK's model) and 2015-04-01, signatures recomputed.
 */
export function startCallerIdentity(keys: {
  tencent: { secretId: string; secretKey: string }
  aliyun: Acs3Keys
  now(): number
}): Promise<VendorServer> {
  const nonces = new Set<string>()

  function tencent(request: VendorRequest) {
    const fault = tc3Fault(request, { ...keys.tencent, service: 'sts' }, keys.now()) ?? tencentAction(request)
    const told = fault
      ? { Error: { Code: fault.code, Message: fault.message } }
      : { AccountId: '100000000001', Arn: 'qcs::cam::uin/100000000001:uin/100000000001', UserId: '100000000001' }
    return { status: 200, body: { Response: { ...told, RequestId: randomUUID() } } }
  }

  function aliyun(request: VendorRequest) {
    const fault = acs3Fault(request, keys.aliyun, keys.now(), nonces) ?? aliyunAction(request)
    if (fault) {
      const { status, code: Code, message: Message } = fault
      return { status, body: { RequestId: randomUUID(), Code, Message } }
    }
    const told = {
      IdentityType: 'RAMUser',
      AccountId: '1234567890123456',
      Arn: 'acs:ram::1234567890123456:user/oncall',
    }
    return { status: 200, body: { ...told, RequestId: randomUUID() } }
  }

  return startVendorServer({
    answer: (request) => (request.headers['x-tc-action'] === undefined ? aliyun(request) : tencent(request)),
    refuse: (failure) => ({ status: 500, body: { Code: 'InternalError', Message: failure.kind } }),
  })
}

function tencentAction({ headers }: VendorRequest) {
  if (headers['x-tc-action'] === 'GetCallerIdentity' && headers['x-tc-version'] === '2018-08-13') return
  return { code: 'InvalidAction', message: 'The action is not found.' }
}

function aliyunAction({ headers }: VendorRequest) {
  if (headers['x-acs-action'] === 'GetCallerIdentity' && headers['x-acs-version'] === '2015-04-01') return
  return { status: 404, code: 'InvalidAction.NotFound', message: 'Specified api is not found.' }
}
