import type { Instant } from '../../contracts/words.ts'
import type { CheckIo } from '../kind.ts'
import { Fault, fact } from './fault.ts'

/** The check's own time is over; that is an observation of the target. */
export class Timeout extends Fault {
  readonly limitMs: number

  /** A tenth of a second is as exactly as it is told. */
  constructor(exactMs: number) {
    const limitMs = Math.round(exactMs / 100) * 100
    super(fact('timeout', { limitMs }))
    this.limitMs = limitMs
  }
}

/** One for all: an error of its own for each check, as `abort()` makes it, costs more than all else here. */
const over = new Error('the check is over')

/**
 * Runs `task` until `deadline` at most, and no longer than the run lasts.
 * What the task opens belongs to `scope`: it ends with the task, however that ends, so nothing stays open behind it.
 * Rejects with a `Timeout` at the deadline, with an `unknown` fault when the run is cut short, else as the task does.
 */
export async function withinLimit<T>(
  io: CheckIo,
  deadline: Instant,
  task: (scope: AbortSignal) => Promise<T>,
): Promise<T> {
  const limitMs = Math.max(0, deadline - io.now())
  const scope = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let cut = () => {}
  const ended = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Timeout(limitMs)), limitMs)
    cut = () => reject(new Fault(fact('cut-short'), 'unknown'))
  })
  if (io.signal.aborted) cut()
  io.signal.addEventListener('abort', cut)
  try {
    return await Promise.race([ended, task(scope.signal)])
  } finally {
    clearTimeout(timer)
    io.signal.removeEventListener('abort', cut)
    scope.abort(over)
  }
}
