import { randomUUID } from 'node:crypto'
import { type Acs3Keys, acs3Fault } from './acs3.ts'
import { startVendorServer, type VendorAnswer, type VendorRequest, type VendorServer } from './server.ts'

export interface AliyunSecretsOptions extends Acs3Keys {
  /** By their names. */
  secrets: Record<string, string>
  /** What the role may read. Absent: all. */
  allowed?: string[]
  now(): number
}

/** Alibaba Cloud's GetSecretValue of KMS 2016-01-20, its ACS3 signature recomputed; refusals have a status and a code. */
export function startAliyunSecrets(options: AliyunSecretsOptions): Promise<VendorServer> {
  const nonces = new Set<string>()

  function answer(request: VendorRequest): VendorAnswer {
    const { headers, params } = request
    const fault = acs3Fault(request, options, options.now(), nonces)
    if (fault) return refusal(fault.status, fault.code, fault.message)
    if (headers['x-acs-action'] !== 'GetSecretValue' || headers['x-acs-version'] !== '2016-01-20')
      return refusal(404, 'InvalidAction.NotFound', 'The specified API is not found, please check your url and method.')
    const unknown = [...params.keys()].find((name) => !['SecretName', 'VersionId', 'VersionStage'].includes(name))
    if (unknown) return refusal(400, 'InvalidParameter', `The specified parameter ${unknown} is not valid.`)
    const name = params.get('SecretName')
    if (!name) return refusal(400, 'MissingSecretName', 'SecretName is mandatory for this action.')
    if (options.allowed?.includes(name) === false)
      return refusal(403, 'Forbidden.NoPermission', 'This operation is forbidden by permission system.')
    if (!Object.hasOwn(options.secrets, name)) return refusal(404, 'Forbidden.ResourceNotFound', 'Resource not found.')
    const SecretData = options.secrets[name]
    const about = {
      SecretName: name,
      SecretType: 'Generic',
      VersionId: 'v1',
      VersionStages: { VersionStage: ['ACSCurrent'] },
    }
    return { status: 200, body: { RequestId: randomUUID(), ...about, SecretDataType: 'text', SecretData } }
  }

  return startVendorServer({
    answer,
    refuse: (failure) =>
      failure.kind === 'rate-limit'
        ? refusal(429, 'Rejected.Throttling', 'QPS Limit Exceeded')
        : refusal(400, String(failure.code), failure.message ?? 'planned failure'),
  })
}

function refusal(status: number, Code: string, Message: string): VendorAnswer {
  return { status, body: { RequestId: randomUUID(), HostId: 'simulator', Code, Message } }
}
