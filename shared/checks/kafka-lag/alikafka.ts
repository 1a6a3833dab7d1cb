import { randomUUID } from 'node:crypto'
import { aliyunKeyOf, type RpcRequest, signedRpc } from '../../clouds/aliyun/rpc.ts'
import { mapAtMost } from '../../contracts/at-most.ts'
import { fits, isPattern } from '../../contracts/name-pattern.ts'
import type { GroupOffsets, PartitionOffsets } from '../../evaluation/kafka-sample.ts'
import type { CheckIo } from '../kind.ts'
import { fact } from '../run/fault.ts'
import { again } from './again.ts'
import { answerOf } from './answer.ts'
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
import type { AlikafkaSettings } from './spec.ts'

const VERSION = '2019-09-16'

/** Groups of one page of GetConsumerList. */
const GROUPS_PAGE = 50

/** The rate limit is not documented, so few. */
const AT_ONCE = 5

/** Codes that pass (Alibaba Cloud, "common error codes"), and HTTP's own. */
const passing = /^(Throttling|ServiceUnavailable|InternalError|SignatureNonceUsed|(HTTP )?(429|5\d\d))(\.|$)/

const KEY_VARIABLES = ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET']

type Call = (action: string, parameters: Record<string, string>) => Promise<Record<string, unknown>>

const answer = answerOf('alikafka')

/** Alibaba Cloud's AliKafka by its API, version 2019-09-16. Its offsets and ends come in one answer. */
export const readAlikafka: Source<AlikafkaSettings> = async (settings, wanted, io, scope) => {
  const call = callOf(settings, io, scope)
  const isSearch = isPattern(wanted.group)
  const names = isSearch ? await findGroups(call, wanted.group) : [wanted.group]
  if (names.length === 0) throw unreadable(fact('kafka-no-group', { source: 'alikafka', pattern: wanted.group }))
  const groups = await mapAtMost(AT_ONCE, names, async (group) => {
    const at = Math.round(io.now())
    const read = readGroup(call, group, at, wanted)
    return isSearch ? read.catch(refusedAlone(group, at, isPassing)) : read
  })
  if (!isSearch) return groups
  return someReadable('alikafka', groups).filter(({ topics, error }) => topics.length > 0 || error !== undefined)
}

async function readGroup(call: Call, group: string, at: number, wanted: Wanted): Promise<GroupOffsets> {
  const { ConsumerProgress } = await call('GetConsumerProgress', { ConsumerId: group })
  return toGroup(group, at, answer.parts(ConsumerProgress, 'ConsumerProgress'), wanted)
}

function toGroup(group: string, at: number, progress: Record<string, unknown>, wanted: Wanted): GroupOffsets {
  const state = typeof progress.State === 'string' ? stateName(progress.State) : undefined
  const members = new Set<string>()
  const topics = inner(progress.TopicList, 'TopicList').map(({ Topic, OffsetList }) => ({
    topic: answer.text(Topic, 'Topic'),
    partitions: inner(OffsetList, 'OffsetList').map((read): PartitionOffsets => {
      const member = typeof read.MemberId === 'string' ? read.MemberId : ''
      if (member !== '') members.add(member)
      const partition = answer.count(read.Partition, 'Partition')
      return [
        partition,
        offsetOf(read.ConsumerOffset, 'ConsumerOffset'),
        offsetOf(read.BrokerOffset, 'BrokerOffset'),
        state === 'Stable' && member !== '',
      ]
    }),
  }))
  return {
    group,
    at,
    ...(state === undefined ? {} : { state, members: members.size }),
    topics: topics.filter(({ topic }) => isWanted(topic, wanted)),
  }
}

/** A list is wrapped in an object of its own name. */
function inner(value: unknown, name: string): Record<string, unknown>[] {
  return answer.list(answer.parts(value, name)[name], name)
}

/** Absent or below 0: there is none. */
function offsetOf(value: unknown, name: string): number | null {
  if (value === undefined || value === null) return null
  const offset = answer.count(value, name)
  return offset < 0 ? null : offset
}

/** PREPARING_REBALANCE is Kafka's PreparingRebalance. */
function stateName(state: string): string {
  return state
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

/** An answer without a total is all there is. */
async function findGroups(call: Call, pattern: string): Promise<string[]> {
  const found: string[] = []
  for (let page = 1; ; page++) {
    const { ConsumerList, Total } = await call('GetConsumerList', {
      CurrentPage: String(page),
      PageSize: String(GROUPS_PAGE),
    })
    const list = answer.list(answer.parts(ConsumerList, 'ConsumerList').ConsumerVO, 'ConsumerVO')
    found.push(...list.map(({ ConsumerId }) => answer.text(ConsumerId, 'ConsumerId')))
    if (list.length === 0 || typeof Total !== 'number' || found.length >= Total) break
  }
  return found.filter((group) => fits(pattern, group)).sort()
}

function callOf(settings: AlikafkaSettings, io: CheckIo, scope: AbortSignal): Call {
  const { accessKeyId, accessKeySecret, instance, region } = settings
  const key = accessKeyId && accessKeySecret ? { accessKeyId, accessKeySecret } : aliyunKeyOf(io.env)
  if (key === undefined) throw unreadable(fact('kafka-no-key', { source: 'alikafka', variables: KEY_VARIABLES }))
  const url = new URL('/', io.env.FENGHUO_ALIYUN_URL ?? `https://alikafka.${region}.aliyuncs.com`)
  return (action, given) => {
    const parameters = { ...given, InstanceId: instance, RegionId: region }
    const request: RpcRequest = { url, action, version: VERSION, parameters }
    // Each try is signed anew: a nonce counts once.
    return again(() => post(signedRpc(request, key, io.now(), randomUUID()), scope), isPassing, scope)
  }
}

/** A refusal comes as an HTTP error, or as a 200 whose `Success` is false. */
async function post(
  { url, headers }: ReturnType<typeof signedRpc>,
  scope: AbortSignal,
): Promise<Record<string, unknown>> {
  let status: number
  let text: string
  try {
    const response = await fetch(url, { method: 'POST', headers, signal: scope, redirect: 'error' })
    status = response.status
    text = await response.text()
  } catch (error) {
    throw networkFault('alikafka', error)
  }
  const body = parsed(text)
  if (status !== 200) throw new Refusal('alikafka', textOr(body?.Code, `HTTP ${status}`), body?.Message)
  if (body === undefined) throw unreadable(fact('kafka-malformed', { source: 'alikafka', part: 'JSON' }))
  if (body.Success !== true) throw new Refusal('alikafka', textOr(body.Code, 'Success: false'), body.Message)
  return body
}

function isPassing(error: unknown): boolean {
  return error instanceof Refusal && passing.test(error.error)
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
