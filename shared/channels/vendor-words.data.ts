import type { ErrorTable } from '../contracts/vendor-errors.ts'
import type { VendorWords } from '../messages/failure.ts'
import { descriptors } from './descriptors.ts'

/** How vendors are named, and what to do about those of their codes for which our own words don't say it. */
export const vendorWords: VendorWords = Object.fromEntries(
  Object.entries(descriptors).map(([type, { title, errors }]) => [type, { title, errors: withRemedies(errors) }]),
)

/** A code that goes on after a dot is kept for its own sake: without it, its first part would be taken for it. */
function withRemedies(errors: ErrorTable): ErrorTable {
  if (errors.goesOnAfterDot) return errors
  const codes = Object.entries(errors.codes).filter(([, { remedy, whenSaid = [] }]) =>
    [remedy, ...whenSaid.map((said) => said.remedy)].some((one) => one !== undefined),
  )
  return { ...errors, codes: Object.fromEntries(codes) }
}
