/** A first piece of memory, enough for most answers. */
const FIRST_BYTES = 4_096

/** Bytes as they come, in one piece of memory. A list of what came would cost a hundred bytes for each part, however short it is. */
export class Gathered {
  #memory = Buffer.alloc(FIRST_BYTES)
  #length = 0

  get length(): number {
    return this.#length
  }

  add(part: Buffer): void {
    const wanted = this.#length + part.length
    if (wanted > this.#memory.length) {
      const larger = Buffer.alloc(Math.max(wanted, 2 * this.#memory.length))
      this.bytes().copy(larger)
      this.#memory = larger
    }
    part.copy(this.#memory, this.#length)
    this.#length = wanted
  }

  /** What is there, from `from` on; it shares its memory with what is gathered. */
  bytes(from = 0): Buffer {
    return this.#memory.subarray(from, this.#length)
  }
}
