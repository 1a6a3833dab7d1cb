import { ckafkaClient } from '../../clouds/tencent/ckafka.ts'
import { tencentKeyOf } from '../../clouds/tencent/tc3.ts'
import { mapAtMost } from '../../contracts/at-most.ts'
import { fits, isPattern } from '../../contracts/name-pattern.ts'
import type { GroupOffsets, PartitionOffsets } from '../../evaluation/kafka-sample.ts'
import type { CheckIo } from '../kind.ts'
import type { Fault } from '../run/fault.ts'
import { fact } from '../run/fault.ts'
import { again } from './again.ts'
import { answerOf } from './answer.ts'
import { rateLimit } from './pace.ts'
import {
  isWanted,
  networkFault,
  Refusal,
  refusedAlone,
  type Source,
  someReadable,
  unreadable,
  type Wanted,
} from './source.ts'
import type { CkafkaSettings } from './spec.ts'

/** Topics of one page (DescribeGroupOffsets, Limit: at most 50). */
const TOPICS_PAGE = 50

/** Groups of one page (DescribeGroup, Limit: 20 unless told). */
const GROUPS_PAGE = 20

/** Groups described in one request: the limit is not documented, so few. */
const DESCRIBED = 10

/** Each API takes 100 requests a second (API documentation, "Frequency Limit"); here all of them together keep below that. */
const PER_SECOND = 90

/** Requests under way at a time. */
const AT_ONCE = 10

/** Codes that pass (cloud.tencent.com/document/api/597/40861, "common error codes"). */
const passing = /^(RequestLimitExceeded|InternalError|ResourceUnavailable)(\.|$)/

const KEY_VARIABLES = ['TENCENTCLOUD_SECRET_ID', 'TENCENTCLOUD_SECRET_KEY']

type Call = (action: string, request: object) => Promise<unknown>

const answer = answerOf('ckafka')

/** Tencent Cloud's CKafka by its API, version 2019-08-19. Its offsets and ends come in one answer. */
export const readCkafka: Source<CkafkaSettings> = async (settings, wanted, io, scope) => {
  const call = await callOf(settings, io, scope)
  const isSearch = isPattern(wanted.group)
  const names = isSearch ? await findGroups(call, settings.instance, wanted.group) : [wanted.group]
  if (names.length === 0) throw unreadable(fact('kafka-no-group', { source: 'ckafka', pattern: wanted.group }))
  const all = await mapAtMost(AT_ONCE, names, async (group) => {
    const at = Math.round(io.now())
    const read = readOffsets(call, settings.instance, group, wanted)
    const whole = read.then((topics): GroupRead => ({ group, at, topics }))
    return isSearch ? whole.catch(refusedAlone(group, at, ({ error }) => passing.test(error))) : whole
  })
  const refused = all.filter(isRefused)
  const groups = all.filter((one): one is GroupRead => !isRefused(one) && (!isSearch || one.topics.length > 0))
  const described = await describe(call, settings.instance, groups)
  return someReadable('ckafka', [...groups.map((one) => offsetsOf(one, described.get(one.group))), ...refused])
}

interface GroupRead {
  group: string
  at: number
  topics: ReadTopic[]
}

function isRefused(one: GroupRead | GroupOffsets): one is GroupOffsets {
  return 'error' in one
}

function offsetsOf(
  { group, at, topics }: GroupRead,
  { state, members, held }: Described = { held: new Set() },
): GroupOffsets {
  return {
    group,
    at,
    ...(state === undefined ? {} : { state }),
    ...(members === undefined ? {} : { members }),
    topics: topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map((read) => toOffsets(read, held.has(`${topic}/${read.Partition}`))),
    })),
  }
}

async function callOf(settings: CkafkaSettings, io: CheckIo, scope: AbortSignal): Promise<Call> {
  const { secretId, secretKey } = settings
  const key = secretId && secretKey ? { secretId, secretKey } : tencentKeyOf(io.env)
  if (key === undefined) throw unreadable(fact('kafka-no-key', { source: 'ckafka', variables: KEY_VARIABLES }))
  const client = await ckafkaClient(settings.region, key, io.env.FENGHUO_TENCENT_URL)
  const turn = rateLimit(PER_SECOND, io, scope)
  return async (action, request) => {
    await turn()
    return again(() => client(action, request, scope), isPassing, scope).catch((error: unknown) => {
      throw ckafkaFault(error)
    })
  }
}

async function findGroups(call: Call, instance: string, pattern: string): Promise<string[]> {
  const found: string[] = []
  for (let offset = 0; ; offset += GROUPS_PAGE) {
    const page = await call('DescribeGroup', { InstanceId: instance, Offset: offset, Limit: GROUPS_PAGE })
    const { TotalCount, GroupList } = answer.parts(page, 'Result')
    const groups = answer.list(GroupList, 'GroupList').map(({ Group }) => answer.text(Group, 'Group'))
    found.push(...groups)
    if (groups.length === 0 || found.length >= answer.count(TotalCount, 'TotalCount')) break
  }
  return found.filter((group) => fits(pattern, group)).sort()
}

interface ReadTopic {
  topic: string
  partitions: Record<string, unknown>[]
}

async function readOffsets(call: Call, instance: string, group: string, wanted: Wanted): Promise<ReadTopic[]> {
  const isNamed = wanted.topics.length > 0 && !wanted.topics.some(isPattern)
  const request = { InstanceId: instance, Group: group, ...(isNamed ? { Topics: wanted.topics } : {}) }
  const topics: ReadTopic[] = []
  for (let offset = 0; ; offset += TOPICS_PAGE) {
    const page = await call('DescribeGroupOffsets', { ...request, Offset: offset, Limit: TOPICS_PAGE })
    const { TotalCount, TopicList } = answer.parts(page, 'Result')
    const read = answer.list(TopicList, 'TopicList').map(({ Topic, Partitions }) => ({
      topic: answer.text(Topic, 'Topic'),
      partitions: answer.list(Partitions, 'Partitions'),
    }))
    topics.push(...read)
    if (read.length === 0 || topics.length >= answer.count(TotalCount, 'TotalCount')) break
  }
  return topics.filter(({ topic }) => isWanted(topic, wanted))
}

/** The answer's own `Lag` counts from the log's beginning where nothing was ever committed: it is not used. */
function toOffsets(read: Record<string, unknown>, isHeld: boolean): PartitionOffsets {
  const partition = answer.count(read.Partition, 'Partition')
  const code = answer.count(read.ErrorCode ?? 0, 'ErrorCode')
  if (code !== 0) return [partition, `error ${code}`, null, isHeld]
  const offset = answer.count(read.Offset, 'Offset')
  const end = answer.count(read.LogEndOffset, 'LogEndOffset')
  return [partition, offset < 0 ? null : offset, end < 0 ? null : end, isHeld]
}

interface Described {
  state?: string
  members?: number
  /** `topic/partition` of what the members of a stable group hold. */
  held: Set<string>
}

async function describe(call: Call, instance: string, groups: { group: string }[]): Promise<Map<string, Described>> {
  const lists: string[][] = []
  for (let from = 0; from < groups.length; from += DESCRIBED)
    lists.push(groups.slice(from, from + DESCRIBED).map(({ group }) => group))
  const answers = await mapAtMost(AT_ONCE, lists, (GroupList) =>
    call('DescribeGroupInfo', { InstanceId: instance, GroupList }),
  )
  const described = new Map<string, Described>()
  for (const { Group, ErrorCode, State, Members } of answers.flatMap((page) => answer.list(page, 'Result'))) {
    if (ErrorCode !== undefined && String(ErrorCode) !== '0') continue
    const state = answer.text(State, 'State')
    const members = answer.list(Members, 'Members')
    const held = state === 'Stable' ? members.flatMap(heldBy) : []
    described.set(answer.text(Group, 'Group'), { state, members: members.length, held: new Set(held) })
  }
  return described
}

function heldBy({ Assignment }: Record<string, unknown>): string[] {
  return answer.list(answer.parts(Assignment, 'Assignment').Topics, 'Assignment').flatMap(({ Topic, Partitions }) => {
    const partitions: unknown[] = Array.isArray(Partitions) ? Partitions : []
    return partitions.map((partition) => `${Topic}/${partition}`)
  })
}

interface SdkError {
  code?: unknown
  httpCode?: unknown
  message?: unknown
}

function isPassing(error: unknown): boolean {
  const { code, httpCode } = (error ?? {}) as SdkError
  if (typeof code === 'string' && passing.test(code)) return true
  return typeof httpCode === 'number' && (httpCode >= 500 || httpCode === 429)
}

/** The service's code, an HTTP status, or what became of the connection. */
function ckafkaFault(error: unknown): Fault {
  const { code, httpCode, message } = (error ?? {}) as SdkError
  if (typeof httpCode === 'number') return unreadable(fact('kafka-http', { source: 'ckafka', status: httpCode }))
  if (typeof code === 'string' && /^[A-Z][a-z]/.test(code)) return new Refusal('ckafka', code, message)
  return networkFault('ckafka', error)
}
