import type Broker from 'kafkajs/src/broker/index.js'
import assignerProtocol from 'kafkajs/src/consumer/assignerProtocol.js'
import { mapAtMost } from '../../contracts/at-most.ts'
import { ask, type GroupDescription } from './ask.ts'
import { nameOf } from './kafka-fault.ts'
import type { Room } from './room.ts'

/** What a coordinator knows of a group's members. */
export interface Membership {
  state?: string
  members?: number
  /** `topic/partition` of what the members of a stable group hold. */
  held?: Set<string>
  /** Kafka's name of what keeps it from being told. */
  error?: string
}

/** Coordinators asked at a time. */
const AT_ONCE = 32

/** What the coordinators know of the groups' members; nothing where the brokers can't say. */
export async function describeMembers(
  groups: { group: string; coordinator?: Broker }[],
  room: Room,
): Promise<Map<string, Membership>> {
  const byCoordinator = new Map<Broker, string[]>()
  for (const { group, coordinator } of groups) {
    if (coordinator === undefined) continue
    const own = byCoordinator.get(coordinator) ?? []
    own.push(group)
    byCoordinator.set(coordinator, own)
  }
  const answers = await mapAtMost(AT_ONCE, [...byCoordinator], async ([coordinator, own]) => {
    const descriptions = await describe(coordinator, own)
    return descriptions.map((description): [string, Membership] => {
      const membership = membershipOf(description)
      room.take(1 + (membership.held?.size ?? 0))
      return [description.groupId, membership]
    })
  })
  return new Map(answers.flat())
}

async function describe(coordinator: Broker, groupIds: string[]): Promise<GroupDescription[]> {
  try {
    return (await ask(coordinator, 'DescribeGroups', { groupIds })).groups
  } catch (error) {
    if (error instanceof Error && error.name === 'KafkaJSServerDoesNotSupportApiKey') return []
    throw error
  }
}

function membershipOf({ errorCode, state, members }: GroupDescription): Membership {
  if (errorCode !== 0) return { error: nameOf(errorCode) }
  return { state, members: members.length, held: new Set(state === 'Stable' ? members.flatMap(heldBy) : []) }
}

function heldBy({ memberAssignment }: GroupDescription['members'][number]): string[] {
  const { assignment } = assignerProtocol.MemberAssignment.decode(memberAssignment) ?? { assignment: {} }
  return Object.entries(assignment).flatMap(([topic, partitions]) => partitions.map((one) => `${topic}/${one}`))
}
