declare module 'yazl' {
  import type { Readable } from 'node:stream'
  export class ZipFile {
    /** `mode`: of the file, such as 0o100644. */
    addBuffer(content: Buffer, name: string, options?: { mtime?: Date; mode?: number }): void
    end(): void
    outputStream: Readable
  }
}
