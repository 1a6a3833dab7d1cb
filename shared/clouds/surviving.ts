import type { LogEntry } from '../contracts/log-entry.ts'

/**
 * Runs `work`, and meanwhile takes errors that nobody catches, which would end the process and with it all that it is doing: a listener
 * of one check that throws must not cost the others their run. Whoever waits for the lost work waits until its own time is over.
 * `log` is given each. A cloud's runtime ends the process for such errors by listeners of its own, which rest meanwhile.
 */
export async function surviving<T>(log: (entry: LogEntry) => void, work: () => Promise<T>): Promise<T> {
  const told = (error: unknown) =>
    log({ level: 'error', event: 'uncaught', reason: error instanceof Error ? error.stack : String(error) })
  const resting = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', told)
  process.setUncaughtExceptionCaptureCallback(told)
  try {
    return await work()
  } finally {
    process.setUncaughtExceptionCaptureCallback(null)
    process.off('unhandledRejection', told)
    for (const listener of resting) process.on('unhandledRejection', listener)
  }
}
