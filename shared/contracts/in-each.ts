/** What something came to in each of several places. */
export interface Everywhere<P, T> {
  /** Where it was done, in order. */
  done: [Done<P, T>, ...Done<P, T>[]]
  missed: Missed<P>[]
}

interface Done<P, T> {
  target: P
  result: T
}

/** A place where it was not done. */
export interface Missed<P> {
  target: P
  error: unknown
}

/** Does the same in each place, at once. Rejects with the first place's reason if it is done in none. */
export async function inEach<P, T>(targets: P[], work: (target: P) => Promise<T>): Promise<Everywhere<P, T>> {
  const { done, missed } = await tryEach(targets, work)
  const [first, ...others] = done
  if (first === undefined) throw missed[0]?.error
  return { done: [first, ...others], missed }
}

/** The same where it may be done in none. Never rejects. */
export async function tryEach<P, T>(
  targets: P[],
  work: (target: P) => Promise<T>,
): Promise<{ done: Done<P, T>[]; missed: Missed<P>[] }> {
  const settled = await Promise.allSettled(targets.map(async (target) => ({ target, result: await work(target) })))
  const missed = settled.flatMap((one, index) => {
    const target = targets[index]
    return one.status === 'rejected' && target !== undefined ? [{ target, error: one.reason as unknown }] : []
  })
  return { done: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])), missed }
}
