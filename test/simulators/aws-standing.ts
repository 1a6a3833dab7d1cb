import { quotaPage, type SimulatedQuota, xml } from './aws-answers.ts'
import { describeInstance, listNumbers } from './connect/describe-instance.ts'
import { signatureFault } from './connect/signature.ts'
import type { Refusal } from './failures.ts'
import { jsonObject, type ServerOptions, startVendorServer, type VendorAnswer, type VendorRequest } from './server.ts'

const ACCOUNT = '123456789012'
const COUNTER = 'AWSServiceRoleForSMSVoice'

export interface AwsStandingOptions extends ServerOptions {
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** Of texts, USD a month. */
  spendLimit: number
  /** TextMessageMonthlySpend by day, UTC ms. */
  spent: { at: number; usd: number }[]
  /** Whether there is the role by which spending is counted. */
  isCounted: boolean
  /** For texts, a page each. */
  numbers: { PhoneNumber: string; PhoneNumberId: string; Status: string }[][]
  senders: string[]
  instanceId: string
  instanceStatus?: 'CREATION_IN_PROGRESS' | 'ACTIVE' | 'CREATION_FAILED'
  outboundCalls?: boolean
  /** Claimed to the instance, two of them a page. */
  claimed: string[]
  quotas: SimulatedQuota[]
  users: Record<string, { status: 'Active' | 'Inactive'; at: number }[]>
  now(): number
}

/**
 * How an account of AWS stands: spending limits, numbers and sender IDs of End User Messaging, GetMetricStatistics of CloudWatch, Service
 * Quotas, DescribeInstance and ListPhoneNumbersV2 of Amazon Connect, and IAM in XML. SigV4 recomputed for the service asked; shapes are
 * those of the API references.
 */
export function startAwsStanding(options: AwsStandingOptions) {
  const { region, instanceId } = options
  const instance = {
    instanceId,
    instanceArn: `arn:aws:connect:${region}:${ACCOUNT}:instance/${instanceId}`,
    sourceNumbers: options.claimed,
    condition: {
      page: 2,
      ...(options.instanceStatus && { instanceStatus: options.instanceStatus }),
      ...(options.outboundCalls !== undefined && { outboundCalls: options.outboundCalls }),
    },
  }

  function answer(request: VendorRequest): VendorAnswer {
    const [service, operation] = named(request)
    const isIam = service === 'iam'
    const fault = signatureFault(request, { ...options, region: isIam ? 'us-east-1' : region, service }, options.now())
    if (fault) return isIam ? xmlRefusal('SignatureDoesNotMatch', 403) : refusal(fault.type, 403, fault.message)
    const body = jsonObject(request.body) ?? {}
    if (service === 'connect') return connect(request, body)
    if (isIam) return iam(operation, new URLSearchParams(request.body.toString()))
    return (operations[operation] ?? (() => refusal('UnknownOperationException', 404)))(body)
  }

  function connect({ method, path }: VendorRequest, body: Record<string, unknown>): VendorAnswer {
    const id = method === 'GET' ? path.split('/')[2] : body.InstanceId
    if (id !== instanceId) return refusal('ResourceNotFoundException', 404, 'Instance not found')
    return { status: 200, body: method === 'GET' ? describeInstance(instance) : listNumbers(body as never, instance) }
  }

  const operations: Record<string, (body: Record<string, unknown>) => VendorAnswer> = {
    DescribeSpendLimits: () => ({
      status: 200,
      body: {
        SpendLimits: [
          limit('VOICE_MESSAGE_MONTHLY_SPEND_LIMIT', 1),
          limit('TEXT_MESSAGE_MONTHLY_SPEND_LIMIT', options.spendLimit),
        ],
      },
    }),
    DescribePhoneNumbers({ NextToken = '0' }) {
      const page = Number(NextToken)
      const more = page + 1 < options.numbers.length ? { NextToken: String(page + 1) } : {}
      return { status: 200, body: { PhoneNumbers: options.numbers[page] ?? [], ...more } }
    },
    DescribeSenderIds: () => ({
      status: 200,
      body: { SenderIds: options.senders.map((SenderId) => ({ SenderId, IsoCountryCode: 'SG', Registered: true })) },
    }),
    GetMetricStatistics: statistics,
    ListServiceQuotas: (body) => quotaPage(body, [options.quotas]) ?? refusal('NoSuchResourceException', 400),
  }

  function statistics(asked: Record<string, unknown>): VendorAnswer {
    const { Namespace, MetricName, Dimensions, StartTime, EndTime, Period, Statistics } = asked
    const isWhole = [StartTime, EndTime].every(Number.isInteger) && Number(Period) % 60 === 0
    if (!isWhole || JSON.stringify(Statistics) !== '["Maximum"]') return refusal('InvalidParameterValue', 400)
    const isOurs = Namespace === 'AWS/SMSVoice' && MetricName === 'TextMessageMonthlySpend' && Dimensions === undefined
    const inSpan = options.spent.filter(({ at }) => at / 1000 >= Number(StartTime) && at / 1000 < Number(EndTime))
    // In no order, as the reference says.
    const Datapoints = inSpan.reverse().map(({ at, usd }) => ({ Timestamp: at / 1000, Maximum: usd, Unit: 'None' }))
    return { status: 200, body: { Label: MetricName, Datapoints: isOurs ? Datapoints : [] } }
  }

  function iam(operation: string, asked: URLSearchParams): VendorAnswer {
    if (asked.get('Version') !== '2010-05-08') return xmlRefusal('InvalidAction', 400)
    if (operation === 'GetRole') {
      const isThere = asked.get('RoleName') === COUNTER && options.isCounted
      return isThere
        ? xml(`<GetRoleResponse><Role><RoleName>${COUNTER}</RoleName></Role>`)
        : xmlRefusal('NoSuchEntity', 404)
    }
    const keys = options.users[asked.get('UserName') ?? '']
    if (operation !== 'ListAccessKeys' || keys === undefined) return xmlRefusal('NoSuchEntity', 404)
    const members = keys.map(
      ({ status, at }) =>
        `<member><Status>${status}</Status><AccessKeyId>AKIA</AccessKeyId><CreateDate>${new Date(at).toISOString()}</CreateDate></member>`,
    )
    return xml(`<ListAccessKeysResponse><AccessKeyMetadata>${members.join('')}</AccessKeyMetadata>`)
  }

  return startVendorServer(
    {
      answer,
      operation: (request) => named(request)[1],
      refuse: (failure: Refusal, request) =>
        failure.kind === 'rate-limit'
          ? refusal('ThrottlingException', 400, 'Rate exceeded')
          : named(request)[0] === 'iam'
            ? xmlRefusal(String(failure.code), 403)
            : refusal(String(failure.code), 400, failure.message ?? 'planned failure'),
    },
    options,
  )
}

const services: Record<string, string> = {
  PinpointSMSVoiceV2: 'sms-voice',
  GraniteServiceVersion20100801: 'monitoring',
  ServiceQuotasV20190624: 'servicequotas',
}

/** As whom a request is signed, and which operation it asks for. */
function named({ method, path, headers, body }: VendorRequest): [service: string, operation: string] {
  if (method === 'GET') return ['connect', 'DescribeInstance']
  if (path === '/phone-number/list') return ['connect', 'ListPhoneNumbersV2']
  const target = headers['x-amz-target']
  if (target === undefined) return ['iam', new URLSearchParams(body.toString()).get('Action') ?? '']
  const [api = '', operation = ''] = String(target).split('.')
  return [services[api] ?? '', operation]
}

function limit(Name: string, EnforcedLimit: number) {
  return { Name, EnforcedLimit, MaxLimit: 200, Overridden: true }
}

function refusal(type: string, status: number, message = ''): VendorAnswer {
  return { status, headers: { 'x-amzn-errortype': type }, body: { message } }
}

function xmlRefusal(code: string, status: number): VendorAnswer {
  const error = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>said</Message></Error></ErrorResponse>`
  return { status, headers: { 'content-type': 'text/xml' }, body: Buffer.from(error) }
}
