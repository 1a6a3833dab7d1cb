import { signatureFault } from './connect/signature.ts'
import { jsonObject, startVendorServer, type VendorAnswer, type VendorRequest, type VendorServer } from './server.ts'

export interface SecretStoresOptions {
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** By their whole names, which begin with `/`. */
  parameters: Record<string, string>
  /** By their ARNs. */
  secrets: Record<string, string>
  /** What the role may read: names of parameters and ARNs. Absent: all. */
  allowed?: string[]
  now(): number
}

/** Systems Manager API reference, GetParameters: Names, "Minimum number of 1 item. Maximum number of 10 items". */
const MOST_NAMES = 10

/** Systems Manager user guide, "Managing parameter tiers". */
const STANDARD_BYTES = 4096

/**
 * Systems Manager's GetParameters, PutParameter and DeleteParameter and Secrets Manager's GetSecretValue over AWS JSON 1.1, SigV4 recomputed for the service asked, shapes
 * and errors as in their API references. What is in `parameters` and `secrets` may change while it runs.
 */
export function startSecretStores(options: SecretStoresOptions): Promise<VendorServer> {
  function answer(request: VendorRequest): VendorAnswer {
    const target = String(request.headers['x-amz-target'])
    const answerOf = operations[target]
    const service = target.startsWith('AmazonSSM.') ? 'ssm' : 'secretsmanager'
    if (answerOf === undefined) return refusal('UnknownOperationException', '')
    if (request.method !== 'POST' || request.path !== '/') return refusal('UnknownOperationException', '')
    if (request.headers['content-type'] !== 'application/x-amz-json-1.1')
      return refusal('SerializationException', 'content type')
    const fault = signatureFault(request, { ...options, service }, options.now())
    if (fault) return refusal(fault.type, fault.message)
    const input = jsonObject(request.body)
    if (input === undefined) return refusal('SerializationException', 'not JSON')
    return answerOf(input)
  }

  const operations: Record<string, (input: Record<string, unknown>) => VendorAnswer> = {
    'AmazonSSM.GetParameters': parameters,
    'AmazonSSM.PutParameter': put,
    'AmazonSSM.DeleteParameter': remove,
    'secretsmanager.GetSecretValue': secret,
  }

  function parameters({ Names, WithDecryption = false }: Record<string, unknown>): VendorAnswer {
    const isList = Array.isArray(Names) && Names.every((name) => typeof name === 'string')
    if (!isList || Names.length === 0 || Names.length > MOST_NAMES)
      return refusal(
        'ValidationException',
        `1 validation error detected: Value at 'names' failed to satisfy constraint: Member must have length less than or equal to ${MOST_NAMES}`,
      )
    if (new Set(Names).size < Names.length) return refusal('ValidationException', 'Duplicate parameters.')
    const denied = Names.find((name) => options.allowed?.includes(name) === false)
    if (denied !== undefined)
      return refusal(
        'AccessDeniedException',
        `User: arn:aws:sts::123456789012:assumed-role/fenghuo/fenghuo is not authorized to perform: ssm:GetParameters on resource: ${denied}`,
      )
    const found = Names.filter((name) => Object.hasOwn(options.parameters, name))
    return {
      status: 200,
      body: {
        // In an order of its own.
        Parameters: found.toReversed().map((Name) => ({
          Name,
          Type: 'SecureString',
          Value: WithDecryption === true ? options.parameters[Name] : `AQICA${'x'.repeat(40)}`,
          Version: 1,
          LastModifiedDate: options.now() / 1_000,
          ARN: `arn:aws:ssm:${options.region}:123456789012:parameter${Name}`,
          DataType: 'text',
        })),
        InvalidParameters: Names.filter((name) => !found.includes(name)),
      },
    }
  }

  function put({ Name, Value, Type, Tier, Overwrite }: Record<string, unknown>): VendorAnswer {
    const name = String(Name)
    if (options.allowed?.includes(name) === false)
      return refusal('AccessDeniedException', `not authorized to perform: ssm:PutParameter on resource: ${name}`)
    if (!/^(\/[\w.-]+)+$/.test(name) || Type !== 'SecureString' || Tier !== 'Standard')
      return refusal('ValidationException', 'Parameter name: can be formed of a-zA-Z0-9_.- and slashes.')
    if (typeof Value !== 'string' || Value === '' || Buffer.byteLength(Value) > STANDARD_BYTES)
      return refusal(
        'ValidationException',
        'Standard tier parameters support a maximum parameter value of 4096 characters.',
      )
    if (Object.hasOwn(options.parameters, name) && Overwrite !== true)
      return refusal(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      )
    options.parameters[name] = Value
    return { status: 200, body: { Tier, Version: 1 } }
  }

  function remove({ Name }: Record<string, unknown>): VendorAnswer {
    if (options.allowed?.includes(String(Name)) === false)
      return refusal('AccessDeniedException', `not authorized to perform: ssm:DeleteParameter on resource: ${Name}`)
    if (!Object.hasOwn(options.parameters, String(Name))) return refusal('ParameterNotFound', '')
    delete options.parameters[String(Name)]
    return { status: 200, body: {} }
  }

  function secret({ SecretId }: Record<string, unknown>): VendorAnswer {
    const arn = String(SecretId)
    if (options.allowed?.includes(arn) === false)
      return refusal('AccessDeniedException', 'not authorized to perform: secretsmanager:GetSecretValue')
    if (!Object.hasOwn(options.secrets, arn))
      return refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
    const SecretString = options.secrets[arn]
    return { status: 200, body: { ARN: arn, Name: 'Secret', SecretString, VersionStages: ['AWSCURRENT'] } }
  }

  return startVendorServer({
    answer,
    operation: (request) => String(request.headers['x-amz-target']),
    refuse: (failure) =>
      failure.kind === 'rate-limit'
        ? refusal('ThrottlingException', 'Rate exceeded')
        : refusal(String(failure.code), failure.message ?? 'planned failure'),
  })
}

function refusal(__type: string, message: string): VendorAnswer {
  return { status: __type === 'InternalServerError' ? 500 : 400, body: { __type, message } }
}
