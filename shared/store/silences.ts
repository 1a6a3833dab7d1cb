import type { Instant } from '../contracts/words.ts'
import { type Silence, silenceShape } from '../incidents/pause/silence.ts'
import type { StoreIo } from './io.ts'
import { silenceKey } from './keys.ts'
import { recently } from './recently.ts'
import { held, stateIn, statesIn } from './shape.ts'

/** Looked up for so long after its end, ms. */
const KEPT_MS = 30 * 86_400_000

/** What has been read is as good as new for so long, ms: in a storm each of many steps asks for the same silences. */
const FRESH_MS = 1_000

/** Somebody else may change the same silence at the same moment. */
const ATTEMPTS = 5

/** Every silence that is not forgotten, those that are over included. One that cannot be read silences nothing, and the log says so. */
export async function readSilences(io: Pick<StoreIo, 'incidents' | 'log'>): Promise<Silence[]> {
  const rows = await io.incidents.query(silenceKey('').pk, '')
  return statesIn(rows, silenceShape, io.incidents, io.log).map(({ state }) => state)
}

/**
 * Makes a reader of all silences that keeps them for a second: to whoever is paged at that moment a new one may come so much late.
 */
export function recentSilences(io: Pick<StoreIo, 'incidents' | 'log' | 'now'>): () => Promise<Silence[]> {
  const read = recently(() => readSilences(io), FRESH_MS, io.now)
  return () => read('')
}

/** The silence of an id, one that is over included; undefined for none, or one that is forgotten. */
export async function readSilence(id: string, { incidents }: Pick<StoreIo, 'incidents'>): Promise<Silence | undefined> {
  return stateIn(await incidents.get(silenceKey(id)), silenceShape, incidents)
}

/**
 * Makes, or changes, the silence of an id; `change` gets it as it is now, and gives undefined to leave it. Resolves with what it is
 * then. Rejects if others always come first.
 */
export async function changeSilence(
  id: string,
  change: (silence: Silence | undefined) => Silence | undefined,
  { incidents }: Pick<StoreIo, 'incidents'>,
): Promise<Silence | undefined> {
  const key = silenceKey(id)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const row = await incidents.get(key)
    const before = stateIn(row, silenceShape, incidents)
    const silence = change(before)
    if (silence === undefined) return before
    const version = row?.version ?? 0
    const expiresAt = expiryOf(silence.endsAt)
    if (
      await incidents.putIfVersion({ ...key, ...held(silence, silenceShape), version: version + 1, expiresAt }, version)
    )
      return silence
  }
  throw new Error(`Others keep changing silence ${id}`)
}

/** Takes a silence as another region has it, unless it was changed here since. Resolves with whether it was new. */
export async function keepSilence(silence: Silence, io: Pick<StoreIo, 'incidents'>): Promise<boolean> {
  let isNew = false
  const newer = (before: Silence | undefined) => {
    isNew = before === undefined || before.changedAt < silence.changedAt
    return isNew ? silence : undefined
  }
  await changeSilence(silence.id, newer, io)
  return isNew
}

/** Seconds are DynamoDB's unit for expiry. */
function expiryOf(endsAt: Instant): number {
  return Math.floor((endsAt + KEPT_MS) / 1000)
}
