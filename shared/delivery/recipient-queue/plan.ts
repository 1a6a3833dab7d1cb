/**
 * What each of at most `turns` messages is about, in order: as many messages of one entry as leave turns enough to tell all the rest
 * in digests; where the turns don't suffice for all, digests only, and the rest waits. `sizeOf` gives the bytes that an entry takes of
 * a digest, which has room for `room`. Pure.
 */
export function planMessages<T>(entries: T[], sizeOf: (entry: T) => number, turns: number, room: number): T[][] {
  const rest = entries.values()
  return countsOf(entries.map(sizeOf), turns, room).map((count) => Array.from({ length: count }, () => next(rest)))
}

/** What each of at most `most` messages is about, in order: digests alone, as few as have room. Pure. */
export function planDigests<T>(entries: T[], sizeOf: (entry: T) => number, most: number, room: number): T[][] {
  const rest = entries.values()
  return digestsOf(entries.map(sizeOf), most, room).map((count) => Array.from({ length: count }, () => next(rest)))
}

function next<T>(rest: Iterator<T>): T {
  const { done, value } = rest.next()
  if (done) throw new Error('More is planned than there is')
  return value
}

/** The number of entries in each message. */
function countsOf(sizes: number[], turns: number, room: number): number[] {
  for (let own = Math.min(turns, sizes.length); own > 0; own--) {
    const digests = digestsOf(sizes.slice(own), turns - own, room)
    if (own + sum(digests) === sizes.length) return [...Array<number>(own).fill(1), ...digests]
  }
  return digestsOf(sizes, turns, room)
}

/** The number of entries in each of at most `most` digests; each has at least one, however small the room. */
function digestsOf(sizes: number[], most: number, room: number): number[] {
  const digests: number[] = []
  let left = 0
  for (const size of sizes) {
    if (digests.length > 0 && size <= left) digests[digests.length - 1] = (digests.at(-1) ?? 0) + 1
    else if (digests.length === most) break
    else {
      digests.push(1)
      left = room
    }
    left -= size
  }
  return digests
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
