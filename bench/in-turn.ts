/** Does one thing after the other, so that none of them shares the machine. Resolves with what each came to, in their order. */
export async function inTurn<T, R>(items: T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await work(item))
  return results
}
