import { createHash } from 'node:crypto'
import { incidentMatchers } from '../../contracts/matcher.ts'
import type { Incident } from '../../incidents/incident.ts'
import type { PersonName } from '../../incidents/notice.ts'
import type { Silence } from '../../incidents/pause/silence.ts'
import { formatReference } from '../../incidents/reference.ts'
import { changeSilence } from '../../store/silences.ts'
import type { EngineIo } from '../io.ts'
import { tellSilence } from '../regions/tell-silence.ts'
import { stepNow } from '../step-now.ts'

/** How long a card's button silences an incident. */
const SILENCED_MS = 3_600_000

/**
 * Has an incident page nobody for an hour. While that lasts another press changes nothing, so that a press that comes twice counts once.
 * `picked`: somebody has said who they are by a group's link. Resolves with the regions that could not be told.
 */
export async function silenceByButton(
  incident: Incident,
  by: PersonName,
  io: EngineIo,
  picked?: Silence['picked'],
): Promise<string[]> {
  const now = io.now()
  const id = createHash('sha256')
    .update(`button ${formatReference(incident)}`)
    .digest('hex')
    .slice(0, 8)
  const silence: Silence = {
    id,
    matchers: incidentMatchers(incident),
    startsAt: now,
    endsAt: now + SILENCED_MS,
    by: by.name,
    contact: by.contact,
    comment: `#${incident.number}`,
    ...(picked !== undefined && { picked }),
    changedAt: now,
  }
  const known = await changeSilence(id, (before) => (before && before.endsAt > now ? undefined : silence), io)
  const [missed] = await Promise.all([
    tellSilence(known ?? silence, io),
    incident.status === 'open' && stepNow(incident, io),
  ])
  return missed
}
