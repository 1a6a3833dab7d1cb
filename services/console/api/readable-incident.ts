import { inBoth } from '../../../shared/contracts/words.ts'
import { consoleWords } from '../../../shared/messages/console/words.ts'
import { incidentOfNumber } from '../../../shared/store/incidents.ts'
import type { Incident } from '../pages/pieces.tsx'
import type { Asked } from './asked.ts'
import { Refusal } from './refusal.ts'

/** The incident of a number, as whoever asks may look at it; one that they may not see is refused as one that is not there. */
export async function readableByNumber({
  params: { number },
  rights,
  io,
}: Pick<Asked<'readIncident'>, 'params' | 'rights' | 'io'>): Promise<Incident> {
  const incident = await incidentOfNumber(number, io)
  if (incident === undefined || !rights.can('viewer', incident.project)) throw noSuchIncident(number)
  return incident
}

export function noSuchIncident(number: number): Refusal {
  return new Refusal(
    404,
    'not-found',
    inBoth((language) => consoleWords[language].noSuchIncident(String(number))),
  )
}
