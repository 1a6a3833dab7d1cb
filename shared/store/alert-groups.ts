import { type AlertGroup, alertGroupShape, type Member } from '../incidents/alert-group.ts'
import type { StoreIo } from './io.ts'
import { alertGroupKey } from './keys.ts'
import { statesIn } from './shape.ts'
import { memberOf } from './storm-members.ts'
import type { Row } from './table.ts'

/** 84 bits of a hash: so many characters name a member within its group. */
const HASH_CHARACTERS = 14

/** An alert's key among the members of a group. */
export function groupMemberOf(dedupKey: string): string {
  return memberOf(dedupKey).slice(0, HASH_CHARACTERS)
}

/** The groups of a project by their names. One that can't be read is told in the log, and left out. */
export function groupsIn(rows: Row[], { incidents, log }: Pick<StoreIo, 'incidents' | 'log'>): Map<string, AlertGroup> {
  return new Map(statesIn(rows, alertGroupShape, incidents, log).map(({ row, state }) => [row.sk, state]))
}

/** A group that an alert is, or was, in. */
export interface Home {
  name: string
  group: AlertGroup
  member: Member
}

/** The group of a project that an alert's key is in: where it is open, or else where it was last. */
export async function readHome(
  project: string,
  dedupKey: string,
  io: Pick<StoreIo, 'incidents' | 'log'>,
): Promise<Home | undefined> {
  const hash = groupMemberOf(dedupKey)
  const groups = groupsIn(await io.incidents.query(alertGroupKey(project, '').pk, ''), io)
  const homes = [...groups].flatMap(([name, group]) => {
    const member = group.members.get(hash)
    return member === undefined ? [] : [{ name, group, member }]
  })
  const [home] = homes.toSorted(
    (a, b) => Number(b.member.open) - Number(a.member.open) || b.member.takenAt - a.member.takenAt,
  )
  return home
}
