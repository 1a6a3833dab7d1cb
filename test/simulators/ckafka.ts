import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { faultOf, type VendorFault } from './failures.ts'
import type { FakeCluster, FakeGroup } from './kafka/apis.ts'
import { slidingWindow } from './rate.ts'
import { jsonObject, type ServerOptions, startVendorServer, type VendorRequest, type VendorServer } from './server.ts'
import { tc3Fault } from './tc3.ts'

// Actions, limits and codes: cloud.tencent.com/document/api/597 (CKafka, 2019-08-19).
const VERSION = '2019-08-19'
const PER_SECOND = 100
const TOPICS_PAGE = 50

const instance = z.string().min(1)
const page = { Offset: z.int().min(0).default(0), SearchWord: z.string().optional() }
const requests = {
  DescribeGroup: z.strictObject({ InstanceId: instance, ...page, Limit: z.int().min(1).max(50).default(20) }),
  DescribeGroupInfo: z.strictObject({ InstanceId: instance, GroupList: z.array(z.string()).min(1) }),
  DescribeGroupOffsets: z.strictObject({
    InstanceId: instance,
    Group: z.string().min(1),
    Topics: z.array(z.string()).min(1).optional(),
    ...page,
    Limit: z.int().min(1).max(TOPICS_PAGE).default(TOPICS_PAGE),
  }),
}
type Action = keyof typeof requests

export interface CkafkaOptions extends ServerOptions, FakeCluster {
  secretId: string
  secretKey: string
  token?: string
  instance: string
  region: string
  /** What signatures and rates are judged by: the SDK signs with the machine's clock, so the default is that clock. */
  wallClock?(): number
}

export interface CkafkaSimulator extends VendorServer, FakeCluster {
  /** Topic → partition → what its ErrorCode is. */
  errors: Record<string, Record<number, number>>
  /** The actions asked for, in order. */
  actions: string[]
}

/** Tencent's CKafka API for one instance: TC3 signature recomputed, one request's parameters taken word for word. */
export async function startCkafkaSimulator(options: CkafkaOptions): Promise<CkafkaSimulator> {
  const state = { topics: options.topics, groups: options.groups, errors: {}, actions: [] } as Pick<
    CkafkaSimulator,
    'topics' | 'groups' | 'errors' | 'actions'
  >
  const wallClock = options.wallClock ?? Date.now
  const rates = new Map<string, () => boolean>()

  function answer(request: VendorRequest) {
    const action = operation(request)
    state.actions.push(action)
    const fault = tc3Fault(request, { ...options, service: 'ckafka' }, wallClock()) ?? headerFault(request, options)
    if (fault) return refuse(fault)
    const rate = rates.get(action) ?? slidingWindow(PER_SECOND, 1000, wallClock)
    rates.set(action, rate)
    if (!rate()) return refuse(TOO_FAST)
    const schema = requests[action as Action]
    const parsed = schema.safeParse(jsonObject(request.body))
    const issue = parsed.error?.issues[0]
    if (issue) return refuse({ code: 'InvalidParameter', message: `${issue.path.join('.')}: ${issue.message}.` })
    const body = parsed.data as z.infer<(typeof requests)[Action]>
    if (body.InstanceId !== options.instance) return refuse(NO_INSTANCE)
    if ('GroupList' in body) return respond(body.GroupList.map(groupInfo))
    if ('Group' in body) return respond(groupOffsets(body))
    return respond(groupList(body))
  }

  function groupList({ Offset, Limit }: z.infer<typeof requests.DescribeGroup>) {
    const all = Object.keys(state.groups).sort()
    const GroupList = all.slice(Offset, Offset + Limit).map((Group) => ({ Group, Protocol: 'range' }))
    return { TotalCount: all.length, GroupList, GroupCountQuota: 200 }
  }

  /** A group that does not exist is answered for as one that is dead. */
  function groupInfo(Group: string) {
    const { state: State = 'Dead', members = {} }: FakeGroup = state.groups[Group] ?? { commits: {} }
    const Members = Object.entries(members).map(([MemberId, assignment]) => ({
      MemberId,
      ClientId: 'client',
      ClientHost: '/10.0.0.1',
      Assignment: {
        Version: 0,
        Topics: Object.entries(assignment).map(([Topic, Partitions]) => ({ Topic, Partitions })),
      },
    }))
    return { ErrorCode: '0', State, ProtocolType: 'consumer', Protocol: 'range', Members, Group }
  }

  /** The total and the pages count topics; each topic comes with all its partitions. */
  function groupOffsets(body: z.infer<typeof requests.DescribeGroupOffsets>) {
    const { commits }: FakeGroup = state.groups[body.Group] ?? { commits: {} }
    const names = Object.keys(commits).filter((topic) => body.Topics === undefined || body.Topics.includes(topic))
    const TopicList = names.slice(body.Offset, body.Offset + body.Limit).map((Topic) => ({
      Topic,
      Partitions: (state.topics[Topic]?.ends ?? []).map((LogEndOffset, Partition) => {
        const ErrorCode = state.errors[Topic]?.[Partition] ?? 0
        const Offset = commits[Topic]?.[Partition] ?? -1
        const Lag = Offset < 0 ? LogEndOffset : LogEndOffset - Offset
        return { Partition, Offset, Metadata: '', ErrorCode, LogEndOffset, Lag }
      }),
    }))
    return { TotalCount: names.length, TopicList }
  }

  const server = await startVendorServer(
    {
      answer,
      operation,
      refuse: (failure) => refuse(faultOf(failure, TOO_FAST)),
    },
    options,
  )
  return Object.assign(server, state)
}

const TOO_FAST: VendorFault = {
  code: 'RequestLimitExceeded',
  message: 'Your current request times equals to `101` in a second, which exceeds the frequency limit `100`.',
}

const NO_INSTANCE: VendorFault = {
  code: 'InvalidParameterValue.InstanceNotExist',
  message: 'The instance does not exist.',
}

function operation(request: VendorRequest): string {
  return String(request.headers['x-tc-action'] ?? '')
}

function headerFault(request: VendorRequest, { region, token }: CkafkaOptions): VendorFault | undefined {
  if (request.method !== 'POST' || request.path !== '/') return { code: 'InvalidRequest', message: 'A POST to /.' }
  if (!Object.hasOwn(requests, operation(request))) return { code: 'InvalidAction', message: 'No such action.' }
  if (request.headers['x-tc-version'] !== VERSION) return { code: 'NoSuchVersion', message: 'No such version.' }
  if (request.headers['x-tc-token'] !== token) return { code: 'AuthFailure.TokenFailure', message: 'Token error.' }
  if (request.headers['x-tc-region'] === region) return
  return { code: 'UnsupportedRegion', message: 'The region is not supported.' }
}

function respond(result: unknown) {
  return { status: 200, body: { Response: { Result: result, RequestId: randomUUID() } } }
}

function refuse({ code, message }: VendorFault) {
  return {
    status: 200,
    body: { Response: { Error: { Code: String(code), Message: message }, RequestId: randomUUID() } },
  }
}
