import { quotaPage, type SimulatedQuota, xml } from './aws-answers.ts'
import { signatureFault } from './connect/signature.ts'
import type { Refusal } from './failures.ts'
import { jsonObject, startVendorServer, type VendorAnswer, type VendorRequest, type VendorServer } from './server.ts'

/** A function as GetFunctionConfiguration has it. */
export interface SimulatedFunction {
  State?: string
  LastUpdateStatus?: string
  CodeSha256?: string
  variables?: Record<string, string>
  /** States of its event source mappings, by the queues' names. */
  mappings?: Record<string, string>
}

export interface AwsAccountOptions {
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** By their full names. */
  functions: Record<string, SimulatedFunction>
  /** The applied quotas of Amazon Connect, a page each. */
  quotas: SimulatedQuota[][]
  /** How many functions may run at once in the region. Default: 1000. */
  concurrency?: number
  /** Metric and what it is of, such as `Invocations fenghuo-prod-watch` → its values. */
  metrics: Record<string, number[]>
  now(): number
}

const ACCOUNT = '123456789012'

/**
 * What an account tells of itself: STS GetCallerIdentity, Lambda GetFunctionConfiguration, ListEventSourceMappings and
 * GetAccountSettings, Service Quotas ListServiceQuotas, CloudWatch GetMetricStatistics. One server for all four, SigV4 recomputed for the service asked. Shapes
 * are those of the API references.
 */
export function startAwsAccount(options: AwsAccountOptions): Promise<VendorServer> {
  const { region } = options

  function answer(request: VendorRequest): VendorAnswer {
    const operation = operationOf(request)
    const service = services[operation]
    if (service === undefined) return refusal('UnknownOperationException', 404, operation)
    const fault = signatureFault(request, { ...options, service }, options.now())
    if (fault) return refusal(fault.type, 403, fault.message)
    if (operation === 'GetCallerIdentity') return identity()
    if (operation === 'GetFunctionConfiguration') return configuration(request.path.split('/')[3] ?? '')
    if (operation === 'ListEventSourceMappings') return mappings(request.params.get('FunctionName') ?? '')
    if (operation === 'GetAccountSettings') return settings()
    if (operation === 'ListServiceQuotas') return quotas(request)
    return statistics(new URLSearchParams(request.body.toString()))
  }

  function configuration(name: string): VendorAnswer {
    const found = options.functions[name]
    if (!found) return refusal('ResourceNotFoundException', 404, `Function not found: ${name}`)
    const { State = 'Active', LastUpdateStatus = 'Successful', CodeSha256 = 'none', variables = {} } = found
    return {
      status: 200,
      body: {
        FunctionName: name,
        FunctionArn: `arn:aws:lambda:${region}:${ACCOUNT}:function:${name}`,
        Runtime: 'nodejs24.x',
        CodeSha256,
        State,
        LastUpdateStatus,
        Environment: { Variables: variables },
        Version: '$LATEST',
      },
    }
  }

  function mappings(name: string): VendorAnswer {
    const EventSourceMappings = Object.entries(options.functions[name]?.mappings ?? {}).map(([queue, State]) => ({
      UUID: 'uuid',
      EventSourceArn: `arn:aws:sqs:${region}:${ACCOUNT}:${queue}`,
      State,
    }))
    return { status: 200, body: { EventSourceMappings } }
  }

  function settings(): VendorAnswer {
    const ConcurrentExecutions = options.concurrency ?? 1000
    const UnreservedConcurrentExecutions = ConcurrentExecutions
    return { status: 200, body: { AccountLimit: { ConcurrentExecutions, UnreservedConcurrentExecutions } } }
  }

  function quotas({ body }: VendorRequest): VendorAnswer {
    const page = quotaPage(jsonObject(body) ?? {}, options.quotas)
    return page ?? refusal('NoSuchResourceException', 400, 'No such service')
  }

  function statistics(asked: URLSearchParams): VendorAnswer {
    const statistic = asked.get('Statistics.member.1') ?? ''
    const values = options.metrics[`${asked.get('MetricName')} ${asked.get('Dimensions.member.1.Value')}`] ?? []
    const points = values.map((value) => `<member><Unit>Count</Unit><${statistic}>${value}</${statistic}></member>`)
    const result = `<Label>x</Label><Datapoints>${points.join('')}</Datapoints>`
    return xml(`<GetMetricStatisticsResponse><GetMetricStatisticsResult>${result}</GetMetricStatisticsResult>`)
  }

  return startVendorServer({
    answer,
    operation: operationOf,
    refuse: (failure: Refusal) =>
      failure.kind === 'rate-limit'
        ? refusal('ThrottlingException', 429, 'Rate exceeded')
        : refusal(String(failure.code), 403, failure.message ?? 'planned failure'),
  })
}

const services: Record<string, string> = {
  GetCallerIdentity: 'sts',
  GetFunctionConfiguration: 'lambda',
  ListEventSourceMappings: 'lambda',
  GetAccountSettings: 'lambda',
  ListServiceQuotas: 'servicequotas',
  GetMetricStatistics: 'monitoring',
}

function operationOf({ method, path, headers, body }: VendorRequest): string {
  if (method === 'GET' && /^\/2015-03-31\/functions\/[^/]+\/configuration$/.test(path))
    return 'GetFunctionConfiguration'
  if (method === 'GET' && path === '/2015-03-31/event-source-mappings/') return 'ListEventSourceMappings'
  if (method === 'GET' && path === '/2016-08-19/account-settings') return 'GetAccountSettings'
  if (method !== 'POST' || path !== '/') return 'unknown'
  const target = headers['x-amz-target']
  if (target !== undefined) return String(target).replace('ServiceQuotasV20190624.', '')
  return new URLSearchParams(body.toString()).get('Action') ?? 'unknown'
}

function identity(): VendorAnswer {
  const who = `<Arn>arn:aws:iam::${ACCOUNT}:user/oncall</Arn><UserId>AIDA</UserId><Account>${ACCOUNT}</Account>`
  return xml(`<GetCallerIdentityResponse><GetCallerIdentityResult>${who}</GetCallerIdentityResult>`)
}

/** As Lambda and Service Quotas say no; STS and CloudWatch do so in XML, which the name in the header spares us here. */
function refusal(name: string, status: number, message: string): VendorAnswer {
  return { status, headers: { 'x-amzn-errortype': name }, body: { Message: message } }
}
