import { quotaPage, type SimulatedQuota } from './aws-answers.ts'
import { signatureFault } from './connect/signature.ts'
import { faultOf, type Refusal } from './failures.ts'
import { jsonObject, startVendorServer, type VendorAnswer, type VendorRequest, type VendorServer } from './server.ts'

export interface SimulatedRegionOptions {
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** By name: how many messages wait, and how long the oldest has, s; without it CloudWatch has no value. */
  queues: Record<string, { waiting: number; age?: number }>
  tables: string[]
  /** By id. */
  instances: Record<string, string>
  /** Of Connect, a page each; without any Service Quotas refuses. */
  quotas?: SimulatedQuota[][]
  now(): number
}

const ACCOUNT = '123456789012'

/** By `x-amz-target`, as whom each is signed. */
const services: Record<string, string> = {
  AmazonSQS: 'sqs',
  GraniteServiceVersion20100801: 'monitoring',
  DynamoDB_20120810: 'dynamodb',
  ServiceQuotasV20190624: 'servicequotas',
}

const refusal = (type: string, status = 400, message = ''): VendorAnswer => ({
  status,
  body: { __type: type, message },
})

/**
 * What is asked of a region to see whether it is well: GetQueueAttributes of SQS, GetMetricStatistics of CloudWatch, Scan of DynamoDB and
 * DescribeInstance of Amazon Connect, ListServiceQuotas of Service Quotas, SigV4 recomputed for the service asked. Shapes are those of the API references.
 */
export function startRegion(options: SimulatedRegionOptions): Promise<VendorServer> {
  const { queues, tables, instances } = options

  function answer(request: VendorRequest): VendorAnswer {
    const [api = '', operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.')
    const service = request.method === 'GET' ? 'connect' : (services[api] ?? '')
    const fault = signatureFault(request, { ...options, service }, options.now())
    if (fault) return refusal(fault.type, 403, fault.message)
    if (service === 'connect') return instance(request.path)
    const version = service === 'servicequotas' ? '1.1' : '1.0'
    if (request.headers['content-type'] !== `application/x-amz-json-${version}`)
      return refusal('SerializationException')
    const body = jsonObject(request.body) ?? {}
    if (operation === 'ListServiceQuotas') return listed(body)
    if (operation === 'GetQueueAttributes') return attributes(body)
    if (operation === 'GetMetricStatistics') return statistics(body)
    return operation === 'Scan' ? scan(body) : refusal('UnknownOperationException', 404)
  }

  function listed(body: Record<string, unknown>): VendorAnswer {
    const { quotas = [] } = options
    return (quotas.length > 0 && quotaPage(body, quotas)) || refusal('NoSuchResourceException')
  }

  function instance(path: string): VendorAnswer {
    const [, kind, id = ''] = path.split('/')
    const InstanceStatus = instances[id]
    if (kind !== 'instance' || InstanceStatus === undefined) {
      const headers = { 'x-amzn-errortype': 'ResourceNotFoundException' }
      return { status: 404, headers, body: { Message: 'Instance not found' } }
    }
    return { status: 200, body: { Instance: { Id: id, InstanceStatus } } }
  }

  function attributes({ QueueUrl, AttributeNames }: Record<string, unknown>): VendorAnswer {
    const queue = queues[String(QueueUrl).split('/').at(-1) ?? '']
    if (String(QueueUrl).split('/').at(-2) !== ACCOUNT || queue === undefined)
      return refusal('com.amazonaws.sqs#QueueDoesNotExist', 400, 'The specified queue does not exist.')
    if (JSON.stringify(AttributeNames) !== '["ApproximateNumberOfMessages"]') return refusal('InvalidAttributeName')
    return { status: 200, body: { Attributes: { ApproximateNumberOfMessages: String(queue.waiting) } } }
  }

  function statistics(body: Record<string, unknown>): VendorAnswer {
    const { Namespace, MetricName, Dimensions, StartTime, EndTime, Period } = body
    const isWhole = [StartTime, EndTime].every((time) => Number.isInteger(time)) && Number(Period) % 60 === 0
    if (Namespace !== 'AWS/SQS' || MetricName !== 'ApproximateAgeOfOldestMessage' || !isWhole)
      return refusal('InvalidParameterValue')
    const [{ Value = '' } = {}] = Dimensions as { Value?: string }[]
    const age = queues[Value]?.age
    const points = [120, 60].map((ago) => ({
      Timestamp: Number(EndTime) - ago,
      Maximum: ago === 60 ? age : 0,
      Unit: 'Seconds',
    }))
    return { status: 200, body: { Label: MetricName, Datapoints: age === undefined ? [] : points.toReversed() } }
  }

  function scan({ TableName, Select, Limit, ...others }: Record<string, unknown>): VendorAnswer {
    if (!tables.includes(String(TableName)))
      return refusal('com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', 400, 'Requested resource not found')
    // The role may do no more than count.
    if (Select !== 'COUNT' || Limit !== 1 || Object.keys(others).length > 0) return refusal('AccessDeniedException')
    return { status: 200, body: { Count: 1, ScannedCount: 1 } }
  }

  function refuse(failure: Refusal): VendorAnswer {
    const { code, message } = faultOf(failure, { code: 'ThrottlingException', message: 'Rate exceeded' })
    return refusal(String(code), 400, message)
  }

  return startVendorServer({ answer, refuse })
}
