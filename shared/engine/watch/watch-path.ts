import { isOverflowing, pathMachine } from '../../evaluation/path.ts'
import type { PathDepths } from '../../evaluation/path-state.ts'
import { apply } from '../../store/apply.ts'
import { canaryIn } from '../../store/canary.ts'
import { pathKey } from '../../store/keys.ts'
import { pathEffects, type TellPath } from '../effects/path.ts'
import { carriedOut } from '../effects/table.ts'
import { type EngineIo, invocationOf } from '../io.ts'

/** By what watch sees how the path is, and whom it tells beside it. */
export interface PathWatch {
  /** How many messages each queue holds. Rejects when one cannot be asked. */
  depths(): Promise<PathDepths>
  /** Puts a canary on the overflow queue. */
  sendOverflowCanary(): Promise<void>
  tell: TellPath['tell']
}

/**
 * Looks at the queues and at what has come through them, and mails what is wrong with the path and that it is over, each once. Rejects when
 * a queue or the table cannot be asked, and when nobody could be told: a watch that fails is told of by an alarm of CloudWatch.
 */
export async function watchPath({ depths: ask, sendOverflowCanary, tell }: PathWatch, io: EngineIo): Promise<void> {
  const [depths, events] = await Promise.all([ask(), canaryIn(io)])
  const overflow = isOverflowing(depths) ? await canaryIn(io, 'overflow') : undefined
  const canaries = { ...(events && { events: events.at }), ...(overflow && { overflow: overflow.at }) }
  let untold: unknown
  const failed = (error: unknown) => {
    untold = error
  }
  await apply(
    pathMachine,
    pathKey(),
    { event: { depths, canaries } },
    {
      table: io.incidents,
      ...invocationOf(io),
      carries: () => true,
      ...carriedOut(pathEffects, { tell, failed }),
      failed,
      // The next minute looks again, and tells.
      nudge: async () => {},
    },
  )
  if (isOverflowing(depths)) await sendOverflowCanary()
  if (untold !== undefined) throw untold
}
