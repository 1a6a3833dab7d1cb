import { deflateRawSync, inflateRawSync } from 'node:zlib'

/**
 * Rows of `width` bytes, byte by byte: the first of each, then the second of each. What is alike in all rows, such as the upper bytes of
 * times, then stands together, and takes next to nothing once it is deflated.
 */
export function columnsOf(rows: Buffer, width: number): Buffer {
  return transposed(rows, rows.length / width, width)
}

/** The rows that `columnsOf` was given. */
export function rowsOf(columns: Buffer, width: number): Buffer {
  return transposed(columns, width, columns.length / width)
}

/** One of the rows that `columnsOf` was given, without the others. */
export function rowOf(columns: Buffer, width: number, row: number): Buffer {
  const rows = columns.length / width
  const bytes = Buffer.alloc(width)
  for (let column = 0; column < width; column++) bytes[column] = columns[column * rows + row] ?? 0
  return bytes
}

function transposed(bytes: Buffer, rows: number, width: number): Buffer {
  const turned = Buffer.alloc(bytes.length)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < width; column++) turned[column * rows + row] = bytes[row * width + column] ?? 0
  return turned
}

/** Bytes as text, and as little of it as they allow; nothing for none. */
export function deflated(bytes: Buffer): string {
  return bytes.length === 0 ? '' : deflateRawSync(bytes).toString('base64')
}

/** The bytes of a text that `deflated` made. Throws for another. */
export function inflated(text: string): Buffer {
  return text === '' ? Buffer.alloc(0) : inflateRawSync(Buffer.from(text, 'base64'))
}
