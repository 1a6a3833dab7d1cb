/**
 * A batch is asked for so often, until nothing of it is left unprocessed; before each further time there is a pause, the first this long
 * and each next twice as long (DynamoDB API reference, BatchGetItem: "we strongly recommend that you use an exponential backoff").
 */
const BATCH_ROUNDS = 7
const FIRST_PAUSE_MS = 25

/** Has all of `items` done by `ask`, which gives what it left undone of a batch. Throws `tooSlow` where something is left in the end. */
export async function inRounds<T>(
  items: T[],
  { tooSlow, wait }: { tooSlow: string; wait: (ms: number) => Promise<void> },
  ask: (items: T[]) => Promise<T[] | undefined>,
): Promise<void> {
  let left = await ask(items)
  for (let round = 1; left !== undefined && left.length > 0; round++) {
    if (round === BATCH_ROUNDS) throw new Error(tooSlow)
    await wait(FIRST_PAUSE_MS * 2 ** (round - 1))
    left = await ask(left)
  }
}

export function chunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
