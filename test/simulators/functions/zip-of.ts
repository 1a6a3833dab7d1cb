import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** A zip of these files: path → text. The same files make the same bytes. */
export function zipOf(files: Record<string, string>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [path, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), path, { mtime: new Date(0) })
  zip.end()
  return buffer(zip.outputStream)
}
