import { isSameSecret } from '../../contracts/same-secret.ts'
import { subjectToken } from '../../contracts/subject-token.ts'
import { callReaders } from '../registered/call-readers.ts'
import { textReceipts } from '../registered/text-receipts.ts'
import type { Receipts } from '../voice/call-reader.ts'
import type { TextReceipts } from './text-receipts.ts'

/** What the paths of receipts begin with, at the function `acknowledge`. */
const PREFIX = '/receipts/'

/**
 * Where a vendor is to post its receipts, below the address of `acknowledge`. Vendors that sign nothing are known by this address, which
 * only they were told.
 */
export function receiptsPath(vendor: string, secret: string): string {
  return `${PREFIX}${vendor}/${subjectToken(`receipts:${vendor}`, secret)}`
}

/** The address which a vendor is to be told, as the environment of the deployed page has it; undefined: it has none. */
export function receiptsAddress(
  vendor: string,
  { ACKNOWLEDGE_URL, FENGHUO_SECRET }: Record<string, string | undefined>,
): string | undefined {
  if (!ACKNOWLEDGE_URL || !FENGHUO_SECRET) return undefined
  return `${ACKNOWLEDGE_URL.replace(/\/+$/, '')}${receiptsPath(vendor, FENGHUO_SECRET)}`
}

/** Whether a path is one of receipts, be it anybody's. */
export function isReceiptsPath(path: string): boolean {
  return path.startsWith(PREFIX)
}

/** Whose receipts come by a path; undefined: nobody's, or its token is not the one that the vendor was told. */
export function receiptsAt(path: string, secret: string): Receipts | TextReceipts | undefined {
  return receiptsOfVendors().find(({ vendor }) => isSameSecret(path, receiptsPath(vendor, secret)))
}

/** The receipts of every vendor that posts any, each once. */
function receiptsOfVendors(): (Receipts | TextReceipts)[] {
  const ofCalls = Object.values(callReaders).flatMap(({ receipts }) => receipts ?? [])
  return [...new Set(ofCalls), ...Object.values(textReceipts).filter((reader) => 'readTexts' in reader)]
}
