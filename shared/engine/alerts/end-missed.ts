import { STORM_KEY } from '../../contracts/storm.ts'
import { memberOf, readMembers } from '../../store/storm-members.ts'
import type { EngineIo } from '../io.ts'
import { readKnown } from './known-incidents.ts'
import { isRaging, takeStorm } from './take-storm.ts'

/**
 * Ends members of a storm whose end was taken at the very moment in which they were joined, elsewhere. Whoever joins and whoever ends
 * looks here after writing, so one of them sees both. Rejects while the members cannot be read: the message comes again.
 */
export async function endMissed(
  project: { name: string; title: string; limit: number },
  groupKeys: string[],
  io: EngineIo,
): Promise<void> {
  if (groupKeys.length === 0) return
  const known = await readKnown(project.name, groupKeys, io)
  const storm = known.incidentOf(STORM_KEY)
  if (!isRaging(storm)) return
  const members = await readMembers(project.name, storm.generation, io)
  const ended = groupKeys.flatMap((dedupKey) => {
    const member = members.get(memberOf(dedupKey))
    const incident = known.incidentOf(dedupKey)
    const isOver = incident?.status === 'resolved' && member?.open && incident.lastAlertAt >= member.takenAt
    return isOver ? [{ dedupKey, takenAt: incident.lastAlertAt }] : []
  })
  if (ended.length > 0) await takeStorm(project, { joined: [], ended }, io)
}
