import type { StoreIo } from './io.ts'
import { peerWordsKey } from './keys.ts'

/**
 * What is counted of other regions' words: those that were refused, since no region of this deployment had said them to this one, and
 * those that changed nothing, since they came again or were overtaken.
 */
export type PeerWords = 'refused' | 'repeated'

/** How many there have been of each. */
export type CountedWords = Record<PeerWords, number>

/** Counts one. Rejects when the table does. */
export async function countPeerWord(which: PeerWords, { incidents }: Pick<StoreIo, 'incidents'>): Promise<void> {
  await incidents.count(peerWordsKey(which), {})
}

/** How many there have been. Rejects when the table does. */
export async function countedWords({ incidents }: Pick<StoreIo, 'incidents'>): Promise<CountedWords> {
  const count = async (which: PeerWords) => (await incidents.get(peerWordsKey(which)))?.count ?? 0
  const [refused, repeated] = await Promise.all([count('refused'), count('repeated')])
  return { refused, repeated }
}
