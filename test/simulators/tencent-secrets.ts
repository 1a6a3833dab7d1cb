import { randomUUID } from 'node:crypto'
import { jsonObject, startVendorServer, type VendorAnswer, type VendorRequest, type VendorServer } from './server.ts'
import { type Tc3Keys, tc3Fault } from './tc3.ts'

export interface TencentSecretsOptions extends Omit<Tc3Keys, 'service'> {
  region: string
  /** Of the key's role; absent: a key for good. */
  token?: string
  /** By their names, each with the version SSM_Current alone. */
  secrets: Record<string, string>
  /** What the role may read. Absent: all. */
  allowed?: string[]
  now(): number
}

/** Names: cloud.tencent.com/document/api/1140/40529, SecretName: letters, digits, `-` and `_`, at most 128 bytes. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/

/** Tencent Cloud's GetSecretValue of SSM 2019-09-23, its TC3 signature recomputed; refusals are a 200 with an `Error`. */
export function startTencentSecrets(options: TencentSecretsOptions): Promise<VendorServer> {
  function answer(request: VendorRequest): VendorAnswer {
    const { headers } = request
    if (request.method !== 'POST' || request.path !== '/') return refusal('InvalidAction', 'POST to /.')
    const fault = tc3Fault(request, { ...options, service: 'ssm' }, options.now())
    if (fault) return refusal(fault.code, fault.message)
    if (headers['x-tc-token'] !== options.token)
      return refusal('AuthFailure.TokenFailure', 'Token verification failed.')
    if (headers['x-tc-version'] !== '2019-09-23') return refusal('NoSuchVersion', 'The version does not exist.')
    if (headers['x-tc-action'] !== 'GetSecretValue') return refusal('InvalidAction', 'The action does not exist.')
    if (headers['x-tc-region'] !== options.region) return refusal('UnsupportedRegion', 'The region is not supported.')
    return secret(jsonObject(request.body) ?? {})
  }

  function secret({ SecretName, VersionId, ...others }: Record<string, unknown>): VendorAnswer {
    const [unknown] = Object.keys(others)
    if (unknown !== undefined) return refusal('UnknownParameter', `The parameter ${unknown} is not recognized.`)
    if (SecretName === undefined || VersionId === undefined)
      return refusal('MissingParameter', 'SecretName and VersionId are required.')
    const name = String(SecretName)
    if (!NAME.test(name)) return refusal('InvalidParameterValue', 'SecretName is not valid.')
    if (options.allowed?.includes(name) === false)
      return refusal(
        'UnauthorizedOperation',
        `[request id:1]you are not authorized to perform operation (ssm:GetSecretValue), resource (qcs::ssm:${options.region}:uin/1:secret/creatorUin/1/${name}) has no permission`,
      )
    if (!Object.hasOwn(options.secrets, name) || VersionId !== 'SSM_Current')
      return refusal('ResourceNotFound', 'The resource does not exist.')
    return answered({ SecretName: name, VersionId, SecretString: options.secrets[name], SecretBinary: '' })
  }

  return startVendorServer({
    answer,
    refuse: (failure) =>
      failure.kind === 'rate-limit'
        ? refusal('RequestLimitExceeded', 'The request frequency exceeds the limit.')
        : refusal(String(failure.code), failure.message ?? 'planned failure'),
  })
}

function answered(fields: object): VendorAnswer {
  return { status: 200, body: { Response: { ...fields, RequestId: randomUUID() } } }
}

function refusal(Code: string, Message: string): VendorAnswer {
  return answered({ Error: { Code, Message } })
}
