import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { type Entry, fromBufferPromise } from 'yauzl'

/** The files of a zip by their unpacked size in bytes. Rejects when the bytes are no zip. */
export async function zipEntries(zip: Buffer): Promise<Map<string, number>> {
  const files = new Map<string, number>()
  for await (const entry of (await fromBufferPromise(zip)).eachEntry()) {
    if (!isFolder(entry)) files.set(entry.fileName, entry.uncompressedSize)
  }
  return files
}

/** One file of a zip; undefined: the zip has none of this path. Rejects when the bytes are no zip. */
export async function zipFile(zip: Buffer, path: string): Promise<Buffer | undefined> {
  const file = await fromBufferPromise(zip)
  for await (const entry of file.eachEntry()) {
    if (entry.fileName === path) return buffer(await file.openReadStreamPromise(entry))
  }
  return undefined
}

/** Unpacks into a folder that exists. Rejects when the bytes are no zip, or one that leads out of the folder. */
export async function unzip(zip: Buffer, folder: string): Promise<void> {
  const file = await fromBufferPromise(zip)
  for await (const entry of file.eachEntry()) {
    const path = join(folder, entry.fileName)
    await mkdir(isFolder(entry) ? path : dirname(path), { recursive: true })
    if (isFolder(entry)) continue
    const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644
    await pipeline(await file.openReadStreamPromise(entry), createWriteStream(path, { mode }))
  }
}

function isFolder({ fileName }: Entry): boolean {
  return fileName.endsWith('/')
}
