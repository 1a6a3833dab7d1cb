export interface Page<T> {
  items: T[]
  nextToken?: string | undefined
}

/** All items of a list that is given by pages; the last page has no token, or an empty one. */
export async function all<T>(page: (nextToken: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = []
  let token: string | undefined
  do {
    const { items: more, nextToken } = await page(token)
    items.push(...more)
    token = nextToken || undefined
  } while (token)
  return items
}
