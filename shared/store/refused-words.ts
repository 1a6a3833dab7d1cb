import type { StoreIo } from './io.ts'
import { refusedWordsKey } from './keys.ts'

/** Counts what was refused though it said that it was another region's word. Rejects when the table does. */
export async function countRefusedWord({ incidents }: Pick<StoreIo, 'incidents'>): Promise<void> {
  await incidents.count(refusedWordsKey(), {})
}

/** How many there have been. Rejects when the table does. */
export async function refusedWords({ incidents }: Pick<StoreIo, 'incidents'>): Promise<number> {
  return (await incidents.get(refusedWordsKey()))?.count ?? 0
}
