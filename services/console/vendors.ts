import type { VendorWords } from '../../shared/messages/failure.ts'

/** What vendors' codes mean: of all pages, that of one incident alone says it. */
export async function vendorsLate(): Promise<VendorWords> {
  return (await import('../../shared/channels/vendor-words.data.ts')).vendorWords
}
