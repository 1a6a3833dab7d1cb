import { zipEntries } from '../functions/zip.ts'
import { crc64 } from './crc64.ts'
import { Fault, invalid } from './fault.ts'
import type { CodeInput } from './rules.ts'

/** A function's package as the vendor keeps it. */
export interface Code {
  zip: Buffer
  /** CRC-64 as a decimal number. */
  checksum: string
}

/**
 * Takes a package out of a request. `limitBytes` is for the base64 text: on which side the vendor counts its 100 MB is
 * not documented. There is no bucket to load packages from.
 *
 * @throws {Fault} when it is missing, too large, or no zip
 */
export async function takeCode(input: CodeInput | undefined, limitBytes: number): Promise<Code> {
  if (input?.zipFile === undefined) {
    if (input?.ossBucketName === undefined)
      throw invalid('code: Either ossBucketName/ossObjectName or zipFile must be set')
    throw invalid(`code: bucket '${input.ossBucketName}' does not exist`)
  }
  if (input.zipFile.length > limitBytes) {
    throw new Fault(400, 'EntityTooLarge', `the payload size exceeds ${limitBytes} bytes`)
  }
  const zip = Buffer.from(input.zipFile, 'base64')
  const files = await zipEntries(zip).catch(() => undefined)
  if (!files) throw invalid('code: zipFile is no zip')
  if (files.size === 0) throw invalid('code: zipFile holds no file')
  const checksum = crc64(zip)
  if (input.checksum !== undefined && input.checksum !== checksum) {
    throw invalid(`code: the checksum is ${checksum}, not ${input.checksum}`)
  }
  return { zip, checksum }
}
