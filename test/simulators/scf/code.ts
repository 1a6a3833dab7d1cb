import * as z from 'zod'
import { zipEntries, zipFile } from '../functions/zip.ts'
import type { Scope } from './action.ts'
import { Refused } from './refused.ts'
import type { Content } from './state.ts'

// cloud.tencent.com/document/product/583/18586 (CreateFunction) and 18580 (UpdateFunctionCode), of the zip before base64.
const UPDATE_BYTES = 20 * 1024 * 1024
const UNPACKED_BYTES = 500 * 1024 * 1024
const SHOWN_BYTES = 1024 * 1024

export const code = z.strictObject({
  ZipFile: z.string().optional(),
  CosBucketName: z.string().optional(),
  CosObjectName: z.string().optional(),
  CosBucketRegion: z.string().optional(),
})
export type Code = z.output<typeof code>

/** The zip that a request brings, or that lies in COS. Refuses what is no zip, and what is too large. */
export async function zipOf(given: Code, source: string | undefined, scope: Scope): Promise<Buffer> {
  const zip = given.ZipFile === undefined ? fromCos(given, scope) : fromBase64(given.ZipFile)
  const stated = given.ZipFile === undefined ? 'Cos' : 'ZipFile'
  if (source !== undefined && source !== stated) {
    throw new Refused('InvalidParameterValue.CodeSource', `The code comes by ${stated}, CodeSource is ${source}.`)
  }
  const entries = await zipEntries(zip).catch(() => {
    throw new Refused('InvalidParameterValue.ZipFile', 'The code is no zip file.')
  })
  const unpacked = [...entries.values()].reduce((sum, bytes) => sum + bytes, 0)
  if (unpacked > UNPACKED_BYTES) throw new Refused('InvalidParameterValue.Code', 'The code unpacks to over 500 MB.')
  return zip
}

function fromBase64(text: string): Buffer {
  const zip = Buffer.from(text, 'base64')
  if (text === '' || zip.toString('base64') !== text) {
    throw new Refused('InvalidParameterValue.ZipFileBase64BinasciiError', 'ZipFile is not base64.')
  }
  if (zip.length > UPDATE_BYTES) throw new Refused('InvalidParameterValue.ZipFile', 'The zip is larger than 20 MB.')
  return zip
}

function fromCos({ CosBucketName, CosObjectName, CosBucketRegion }: Code, { cloud, regionName }: Scope): Buffer {
  if (!CosBucketName || !CosObjectName) throw new Refused('MissingParameter.Code', 'The code is missing.')
  if (/-\d+$/.test(CosBucketName)) {
    throw new Refused('InvalidParameterValue.CosBucketName', 'The bucket is named without the application id.')
  }
  if (!CosObjectName.startsWith('/')) {
    throw new Refused('InvalidParameterValue.CosObjectName', 'The name of the object starts with a slash.')
  }
  const zip = cloud.cos.get(`${CosBucketRegion ?? regionName}/${CosBucketName}${CosObjectName}`)
  if (!zip) throw new Refused('InvalidParameterValue.CosObjectName', 'There is no such object.')
  return zip
}

/** The text of the file that the handler names; empty when it is over 1 MB, or not there (GetFunction, ShowCode). */
export async function shownCode({ zip, handler }: Content): Promise<string> {
  const entry = await zipFile(zip, `${handler.split('.')[0]}.js`)
  return entry && entry.length <= SHOWN_BYTES ? entry.toString() : ''
}
