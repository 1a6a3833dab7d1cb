import type { Send } from './report-sender.ts'

/**
 * Sends each message to every region, the first one first. Resolves once all have it, or `besideMs` after the first that does: nobody
 * waits for a region that is lost. Rejects with what each had to say when none has it.
 */
export function sendToEvery(regions: Send[], besideMs: number): Send {
  return async (message, deadline) => {
    const sending = regions.map((send) => send(message, deadline))
    const any = Promise.any(sending)
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      any.then(
        () => {
          timer = setTimeout(resolve, besideMs)
        },
        () => {},
      )
    })
    await Promise.race([Promise.allSettled(sending), patience])
    clearTimeout(timer)
    await any.catch((error: unknown) => {
      const reasons = error instanceof AggregateError ? error.errors : [error]
      throw new Error(reasons.map((reason) => (reason instanceof Error ? reason.message : String(reason))).join('; '))
    })
  }
}
