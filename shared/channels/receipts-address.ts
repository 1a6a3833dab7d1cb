import { createHmac } from 'node:crypto'
import { isSameSecret } from '../contracts/same-secret.ts'
import type { Receipts } from './call-reader.ts'
import { callReaders } from './registry.calls.ts'

/** What the paths of receipts begin with, at the function `acknowledge`. */
const PREFIX = '/receipts/'

/** 192 bits: vendors that sign nothing are known by the address that only they were told. */
const TOKEN_CHARACTERS = 32

/** Where a vendor is to post its receipts, below the address of `acknowledge`. It can't be guessed without the deployment's secret. */
export function receiptsPath(vendor: string, secret: string): string {
  const token = createHmac('sha256', secret).update(`receipts:${vendor}`).digest('base64url').slice(0, TOKEN_CHARACTERS)
  return `${PREFIX}${vendor}/${token}`
}

/** Whether a path is one of receipts, be it anybody's. */
export function isReceiptsPath(path: string): boolean {
  return path.startsWith(PREFIX)
}

/** Whose receipts come by a path; undefined: nobody's, or its token is not the one that the vendor was told. */
export function receiptsAt(path: string, secret: string): Receipts | undefined {
  return receiptsOfVendors().find(({ vendor }) => isSameSecret(path, receiptsPath(vendor, secret)))
}

/** The receipts of every vendor that posts any, each once. */
function receiptsOfVendors(): Receipts[] {
  return [...new Set(Object.values(callReaders).flatMap(({ receipts }) => receipts ?? []))]
}
