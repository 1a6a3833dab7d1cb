import { askJson } from '../ask-json.ts'
import type { Channel } from '../channel.ts'
import { quotation } from '../network.ts'
import { requestTo, VENDOR } from './request.ts'
import type { Settings } from './settings.ts'

/**
 * QueryMessage: what became of one text. The vendor's pages do not agree on what the statuses 1 and 3 are, submitted or delivered, and do
 * on 2, which is failed: that it has arrived is told by `ErrorCode`.
 */
export const receiptOf: NonNullable<Channel<Settings>['receiptOf']> = async (receipt, _sentAt, _to, settings, io) => {
  const request = requestTo('QueryMessage', { MessageId: receipt }, settings, io)
  const { ResponseCode, Status, ErrorCode, ErrorDescription } = await askJson(request, io)
  if (ResponseCode !== 'OK') return undefined
  if (ErrorCode === 'DELIVERED') return {}
  if (String(Status) !== '2') return undefined
  const code = quotation(ErrorCode).said ?? ''
  return { failure: { class: 'not-delivered', vendor: VENDOR, code, ...quotation(ErrorDescription) } }
}
