import type { CodeMeaning, ErrorTable } from '../contracts/vendor-errors.ts'
import type { VendorWords } from '../messages/failure.ts'
import { descriptors } from './descriptors.ts'

/** How vendors are named, and what to do about those of their codes for which our own words don't say it. */
export const vendorWords: VendorWords = Object.fromEntries(
  Object.entries(descriptors).map(([type, { title, errors }]) => [type, { title, errors: withRemedies(errors) }]),
)

/** A code that goes on after a dot is kept, too, where its first part would be taken for it. */
function withRemedies({ codes, ...errors }: ErrorTable): ErrorTable {
  const general = (code: string) => codes[code.replace(/\..*/s, '')]
  const kept = Object.entries(codes).filter(
    ([code, meaning]) => isRemedied(meaning) || (errors.goesOnAfterDot && isRemedied(general(code))),
  )
  return { ...errors, codes: Object.fromEntries(kept) }
}

function isRemedied(meaning: CodeMeaning | undefined): boolean {
  return [meaning, ...(meaning?.whenSaid ?? [])].some((one) => one?.remedy !== undefined)
}
