import type { Placed } from '../../../shared/channels/channel.ts'
import type { Failure } from '../../../shared/contracts/failure.ts'
import type { Region } from './regions-world.ts'

/** What a voice route answers whose instance is no more. */
export const gone: Failure = { class: 'no-such-sender', vendor: 'connect', code: 'ResourceNotFoundException' }

export const lost: Placed = { status: 'unknown', failure: { class: 'http-status', vendor: 'connect', status: 503 } }

export const refused = (failure: Failure): Placed => ({ status: 'refused', failure })

/** Each voice route of a region answers all further requests so. */
export function refuse(region: Region, ...answers: Placed[]): void {
  region.places = Array.from({ length: 400 }, (_, index) => answers[index % answers.length] as Placed)
}
