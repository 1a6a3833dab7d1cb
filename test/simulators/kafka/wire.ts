/** Reads Kafka's primitive types (kafka.apache.org/protocol, "Protocol Primitive Types"); throws past the end. */
export class WireReader {
  private at = 0
  private readonly bytes: Buffer

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  get left(): number {
    return this.bytes.length - this.at
  }

  private take(count: number): Buffer {
    if (count < 0 || count > this.left) throw new RangeError(`${count} bytes wanted, ${this.left} left`)
    this.at += count
    return this.bytes.subarray(this.at - count, this.at)
  }

  boolean(): boolean {
    const byte = this.take(1).readInt8()
    if (byte !== 0 && byte !== 1) throw new RangeError(`${byte} is no boolean`)
    return byte === 1
  }

  int8(): number {
    return this.take(1).readInt8()
  }

  int16(): number {
    return this.take(2).readInt16BE()
  }

  int32(): number {
    return this.take(4).readInt32BE()
  }

  int64(): number {
    return Number(this.take(8).readBigInt64BE())
  }

  string(): string {
    const text = this.nullableString()
    if (text === null) throw new RangeError('a string is null')
    return text
  }

  nullableString(): string | null {
    const length = this.int16()
    return length === -1 ? null : this.take(length).toString('utf8')
  }

  sizedBytes(): Buffer {
    return this.take(this.int32())
  }

  array<T>(read: () => T): T[] {
    const items = this.nullableArray(read)
    if (items === null) throw new RangeError('an array is null')
    return items
  }

  nullableArray<T>(read: () => T): T[] | null {
    const length = this.int32()
    if (length === -1) return null
    return Array.from({ length }, read)
  }
}

/** Writes Kafka's primitive types. */
export class WireWriter {
  private readonly parts: Buffer[] = []

  private add(size: number, write: (bytes: Buffer) => void): this {
    const bytes = Buffer.alloc(size)
    write(bytes)
    this.parts.push(bytes)
    return this
  }

  boolean(value: boolean): this {
    return this.add(1, (bytes) => bytes.writeInt8(value ? 1 : 0))
  }

  int16(value: number): this {
    return this.add(2, (bytes) => bytes.writeInt16BE(value))
  }

  int32(value: number): this {
    return this.add(4, (bytes) => bytes.writeInt32BE(value))
  }

  int64(value: number): this {
    return this.add(8, (bytes) => bytes.writeBigInt64BE(BigInt(value)))
  }

  string(text: string): this {
    const bytes = Buffer.from(text)
    this.int16(bytes.length).parts.push(bytes)
    return this
  }

  nullableString(text: string | null): this {
    return text === null ? this.int16(-1) : this.string(text)
  }

  sizedBytes(bytes: Buffer): this {
    this.int32(bytes.length).parts.push(bytes)
    return this
  }

  array<T>(items: T[], write: (item: T) => unknown): this {
    this.int32(items.length)
    for (const item of items) write(item)
    return this
  }

  end(): Buffer {
    return Buffer.concat(this.parts)
  }
}
