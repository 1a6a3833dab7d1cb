import { createHash } from 'node:crypto'
import type { VendorAnswer, VendorRequest } from '../server.ts'
import { Fault } from './fault.ts'
import { answer } from './router.ts'

function etagOf(shown: object): string {
  return createHash('md5').update(JSON.stringify(shown)).digest('hex')
}

/** The resource as it is answered, with a header that changes with it. */
export function withEtag(shown: object): VendorAnswer {
  return answer(shown, { etag: etagOf(shown) })
}

/**
 * Refuses a change of what is no longer as the caller knew it. The name of the header is the SDK's; that the vendor
 * reads it follows from its error.
 *
 * @throws {Fault} PreconditionFailed
 */
export function checkEtag({ headers }: VendorRequest, shown: object): void {
  const expected = headers['if-match']
  if (expected === undefined || expected === etagOf(shown)) return
  throw new Fault(412, 'PreconditionFailed', 'the resource being modified has been changed')
}
