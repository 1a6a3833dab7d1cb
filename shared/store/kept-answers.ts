import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import type { StoreIo } from './io.ts'
import { keptAnswerKey } from './keys.ts'
import { held, stateIn } from './shape.ts'

/** A program may repeat its request for so long, ms. */
const KEPT_MS = 86_400_000

/** Whoever has begun with a request and has not answered for so long has died, ms: the function's own time limit is shorter. */
const WORKING_MS = 30_000

/** What has become of a request that may come again. */
interface KeptAnswer {
  /** Stands for all of the request. */
  request: string
  at: Instant
  /** Absent: somebody works on it, or has died of it. */
  answer?: Answer
}

export interface Answer {
  status: number
  /** JSON. */
  body: string
}

/** The version, and form, in which it is kept. */
export const keptAnswerShape: Shape<KeptAnswer> = { current: 1 }

/** `busy`: the same request is being worked on. `another`: the same name has come with another request. */
export type AnsweredOnce = Answer | 'busy' | 'another'

/**
 * Has a request answered once, however often it comes under one name: each later time it is answered as the first. Whoever dies in between
 * leaves it to be done again after half a minute, so `work` has to be one that may be; it is told so. What rejects may be tried again at
 * once.
 */
export async function answeredOnce(
  { name, request }: { name: string; request: string },
  work: (isAgain: boolean) => Promise<Answer>,
  { incidents, now, log }: Pick<StoreIo, 'incidents' | 'now' | 'log'>,
): Promise<AnsweredOnce> {
  const key = keptAnswerKey(name)
  const row = await incidents.get(key)
  const version = row?.version ?? 0
  const known = stateIn(row, keptAnswerShape, incidents)
  const begun = now()
  // DynamoDB takes its time to forget.
  const isAgain = known !== undefined && begun - known.at < KEPT_MS
  if (isAgain) {
    if (known.request !== request) return 'another'
    if (known.answer !== undefined) return known.answer
    if (begun - known.at < WORKING_MS) return 'busy'
  }
  const keep = (state: KeptAnswer, before: number) =>
    incidents.putIfVersion(
      { ...key, ...held(state, keptAnswerShape), version: before + 1, expiresAt: Math.floor((begun + KEPT_MS) / 1000) },
      before,
    )
  if (!(await keep({ request, at: begun }, version))) return 'busy'
  try {
    const answer = await work(isAgain)
    await keep({ request, at: begun, answer }, version + 1).catch((error: unknown) =>
      log({ level: 'error', event: 'answer not kept', error: String(error) }),
    )
    return answer
  } catch (error) {
    await keep({ request, at: begun - WORKING_MS }, version + 1).catch(() => undefined)
    throw error
  }
}
