type SendTo<Message extends unknown[]> = (...message: Message) => Promise<void>

/**
 * Sends each message to every region, the first one first. Resolves once all have it, or `besideMs` after the first that does: nobody
 * waits for a region that is lost. One that was waited for in vain is sent to as the others are, and not waited for again until something
 * has arrived there: a storm is not held up by it. Rejects with what each had to say when none has it.
 */
export function sendToEvery<Message extends unknown[]>(regions: SendTo<Message>[], besideMs: number): SendTo<Message> {
  const lost = new Set<SendTo<Message>>()
  return async (...message) => {
    const onTheWay: Map<SendTo<Message>, Promise<void>> = new Map(
      regions.map((send) => {
        const sending = send(...message).then(() => void lost.delete(send))
        return [send, sending.finally(() => onTheWay.delete(send))] as const
      }),
    )
    const any = Promise.any(onTheWay.values())
    const awaited = [...onTheWay].flatMap(([send, sending]) => (lost.has(send) ? [] : [sending]))
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      any.then(
        () => {
          timer = setTimeout(resolve, besideMs)
        },
        () => {},
      )
    })
    await Promise.race([Promise.allSettled(awaited), patience])
    clearTimeout(timer)
    await any.catch((error: unknown) => {
      const reasons = error instanceof AggregateError ? error.errors : [error]
      throw new Error(reasons.map((reason) => (reason instanceof Error ? reason.message : String(reason))).join('; '))
    })
    for (const send of onTheWay.keys()) lost.add(send)
  }
}
