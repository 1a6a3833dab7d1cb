/**
 * Items in their order in portions, each begun where the next item would not fit: `sizeOf` all of a portion together is at most `room`,
 * and they are at most `most`. An item that never fits is alone. No items are no portions.
 */
export function portions<T>(
  items: readonly T[],
  room: number,
  sizeOf: (item: T) => number,
  most = Number.POSITIVE_INFINITY,
): T[][] {
  const all: T[][] = []
  let left = 0
  for (const item of items) {
    const size = sizeOf(item)
    const last = all.at(-1)
    if (last === undefined || last.length === most || size > left) {
      all.push([item])
      left = room - size
    } else {
      last.push(item)
      left -= size
    }
  }
  return all
}
