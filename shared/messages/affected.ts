import type { Sighting } from '../contracts/alert.ts'
import type { Notice } from '../incidents/notice.ts'

/**
 * The sightings that see what a notice is about. A vantage that knows nothing is none of them, or a page would say that it fails
 * where nobody has looked; unless missing data is what the notice is about.
 */
export function affected({ sightings, state }: Pick<Notice, 'sightings' | 'state'>): Sighting[] {
  return sightings.filter(({ verdict }) => (state === 'unknown') === (verdict === 'unknown') && verdict !== 'up')
}

/** The sightings that see a check up. */
export function unaffected({ sightings }: Pick<Notice, 'sightings'>): Sighting[] {
  return sightings.filter(({ verdict }) => verdict === 'up')
}

/** Whether one vantage of several knows anything. */
export function isSeenFromOne({ sightings, state }: Pick<Notice, 'sightings' | 'state'>): boolean {
  const known = sightings.filter(({ verdict }) => verdict !== 'unknown')
  return sightings.length > 1 && known.length === 1 && state !== 'unknown'
}
