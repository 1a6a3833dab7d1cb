declare module 'yauzl' {
  import type { Readable } from 'node:stream'
  export interface Entry {
    /** Names of folders end with a slash. Absolute names and `..` were refused. */
    fileName: string
    uncompressedSize: number
    externalFileAttributes: number
  }
  export interface ZipFile {
    eachEntry(): AsyncIterableIterator<Entry>
    openReadStreamPromise(entry: Entry): Promise<Readable>
  }
  /** Rejects when the bytes are no zip. */
  export function fromBufferPromise(buffer: Buffer): Promise<ZipFile>
}
