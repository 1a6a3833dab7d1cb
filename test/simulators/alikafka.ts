import { randomUUID } from 'node:crypto'
import { type Acs3Fault, type Acs3Keys, acs3Fault } from './acs3.ts'
import type { FakeCluster, FakeGroup } from './kafka/apis.ts'
import { type ServerOptions, startVendorServer, type VendorRequest, type VendorServer } from './server.ts'

const VERSION = '2019-09-16'
const parametersOf: Record<string, string[]> = {
  GetConsumerProgress: ['InstanceId', 'RegionId', 'ConsumerId', 'HideLastTimestamp'],
  GetConsumerList: ['InstanceId', 'RegionId', 'CurrentPage', 'PageSize', 'ConsumerId'],
}

export interface AlikafkaOptions extends ServerOptions, FakeCluster, Acs3Keys {
  instance: string
  region: string
  now(): number
}

export interface AlikafkaSimulator extends VendorServer, FakeCluster {
  /** The actions asked for, in order. */
  actions: string[]
}

/**
 * Alibaba's AliKafka API for one instance: ACS3 signature recomputed, parameters in the query. Refusals are HTTP errors; a planned
 * `error` with a numeric code is the other kind, a 200 whose `Success` is false.
 */
export async function startAlikafkaSimulator(options: AlikafkaOptions): Promise<AlikafkaSimulator> {
  const state: Pick<AlikafkaSimulator, 'topics' | 'groups' | 'actions'> = {
    topics: options.topics,
    groups: options.groups,
    actions: [],
  }
  const nonces = new Set<string>()

  function answer(request: VendorRequest) {
    const action = operation(request)
    state.actions.push(action)
    const fault = acs3Fault(request, options, options.now(), nonces) ?? requestFault(request, options)
    if (fault) return refuse(fault)
    const group = request.params.get('ConsumerId') ?? ''
    return respond(action === 'GetConsumerList' ? groupList(request.params) : progress(group))
  }

  function groupList(params: URLSearchParams) {
    const size = Number(params.get('PageSize') ?? 10)
    const page = Number(params.get('CurrentPage') ?? 1)
    const all = Object.keys(state.groups).sort()
    const ConsumerVO = all.slice((page - 1) * size, page * size).map((ConsumerId) => ({
      ConsumerId,
      InstanceId: options.instance,
      RegionId: options.region,
      Remark: '',
    }))
    return { ConsumerList: { ConsumerVO }, Total: all.length, CurrentPage: page, PageSize: size }
  }

  /** Of a topic come the partitions that were committed on. */
  function progress(name: string) {
    const { commits, members = {}, state: group = 'Dead' }: FakeGroup = state.groups[name] ?? { commits: {} }
    const holder = (topic: string, partition: number) =>
      Object.entries(members).find(([, assignment]) => assignment[topic]?.includes(partition))?.[0]
    const TopicList = Object.entries(commits).map(([Topic, byPartition]) => {
      const OffsetList = Object.entries(byPartition).map(([key, ConsumerOffset]) => {
        const Partition = Number(key)
        const BrokerOffset = state.topics[Topic]?.ends[Partition] ?? 0
        const MemberId = holder(Topic, Partition)
        const member = MemberId === undefined ? {} : { MemberId, ClientId: 'client', ClientIp: '10.0.0.1' }
        return { Partition, BrokerOffset, ConsumerOffset, LastTimestamp: options.now(), ...member }
      })
      return { Topic, TotalDiff: 0, LastTimestamp: options.now(), OffsetList: { OffsetList } }
    })
    const State = group.replace(/(?<=[a-z])[A-Z]/g, '_$&').toUpperCase()
    const ConsumerProgress = { TotalDiff: 0, LastTimestamp: options.now(), State, TopicList: { TopicList } }
    return { ConsumerProgress: { ...ConsumerProgress, RebalanceInfoList: { RebalanceInfoList: [] } } }
  }

  const server = await startVendorServer(
    {
      answer,
      operation,
      refuse(failure) {
        if (failure.kind === 'rate-limit') return refuse(TOO_FAST)
        const message = failure.message ?? 'planned failure'
        if (typeof failure.code === 'string') return refuse({ status: 400, code: failure.code, message })
        return { status: 200, body: { RequestId: randomUUID(), Success: false, Code: failure.code, Message: message } }
      },
    },
    options,
  )
  return Object.assign(server, state)
}

const TOO_FAST: Acs3Fault = {
  status: 400,
  code: 'Throttling.User',
  message: 'Request was denied due to user flow control.',
}

function operation(request: VendorRequest): string {
  return String(request.headers['x-acs-action'] ?? '')
}

function requestFault(request: VendorRequest, { instance, region }: AlikafkaOptions): Acs3Fault | undefined {
  const refused = (code: string, message: string): Acs3Fault => ({ status: 400, code, message })
  if (request.method !== 'POST' || request.path !== '/') return refused('UnsupportedHTTPMethod', 'A POST to /.')
  const known = parametersOf[operation(request)]
  if (known === undefined || request.headers['x-acs-version'] !== VERSION)
    return { status: 404, code: 'InvalidAction.NotFound', message: 'Specified api is not found.' }
  const strange = [...request.params.keys()].find((name) => !known.includes(name))
  if (strange) return refused('InvalidParameter', `${strange} is no parameter.`)
  const needed = ['InstanceId', 'RegionId', ...(operation(request) === 'GetConsumerProgress' ? ['ConsumerId'] : [])]
  const missing = needed.find((name) => !request.params.get(name))
  if (missing) return refused(`Missing${missing}`, `${missing} is mandatory for this action.`)
  if (request.params.get('RegionId') !== region) return refused('InvalidRegionId', 'The region is not known.')
  if (request.params.get('InstanceId') === instance) return
  return refused('AUTH_RESOURCE_OWNER_ERROR', 'Some of your input parameters have a problem with permission.')
}

function respond(result: object) {
  return {
    status: 200,
    body: { RequestId: randomUUID(), Success: true, Code: 200, Message: 'operation success.', ...result },
  }
}

function refuse({ status, code, message }: Acs3Fault) {
  const HostId = 'alikafka.cn-hangzhou.aliyuncs.com'
  return { status, body: { RequestId: randomUUID(), HostId, Code: code, Message: message, Recommend: '' } }
}
