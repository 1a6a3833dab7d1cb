import { vendorName } from '../../local/addresses.ts'
import type { StackFile } from '../../local/files.ts'
import type { Descriptor } from '../../shared/channels/channel.ts'

/** Where the local stack sends a channel's messages or a route's calls; undefined for the real vendor and without a stack. */
export function addressOn(
  stack: StackFile | undefined,
  descriptor: Pick<Descriptor<unknown>, 'type' | 'url'>,
): string | undefined {
  const address = stack?.[vendorName(descriptor)]
  return typeof address === 'string' ? address : undefined
}
