import { othersOf } from '../../incidents/duty/duty.ts'
import type { Silence } from '../../incidents/pause/silence.ts'
import type { EngineIo } from '../io.ts'
import { silenceWordOf } from './seal.ts'

/**
 * Tells the other regions at once of a silence that was made, moved or ended here: what one of them pages stops then, and not within a
 * minute. Resolves with those that did not take it, which read it by themselves a minute after they are back. It is said once, and never
 * rejects.
 */
export async function tellSilence(
  silence: Silence,
  { place, peers, now, log }: Pick<EngineIo, 'place' | 'peers' | 'now' | 'log'>,
): Promise<string[]> {
  if (place === undefined || peers === undefined) return []
  const tell = async (to: string): Promise<string[]> => {
    try {
      await peers.send(to, silenceWordOf(silence, { from: place.own, to, at: now() }, peers))
      return []
    } catch (error) {
      log({ level: 'warn', event: 'region not told', region: to, reason: String(error) })
      return [to]
    }
  }
  return (await Promise.all(othersOf(place).map(tell))).flat()
}
