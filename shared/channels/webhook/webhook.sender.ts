import type { SenderOf } from '../channel.ts'
import { eachNotice } from '../each-notice.ts'
import { fingerprint } from '../robot.ts'
import { TEXT_BYTES, webhookEvent } from './event.ts'
import type { Settings } from './settings.ts'
import { errors, postSigned, VENDOR } from './signed-post.ts'

/** What sends, without what describes it: all that `page` loads of this channel. */
export const webhookSender: SenderOf<Settings> = {
  type: VENDOR,
  errors,
  // The specification lets a receiver take 15 to 30 s; a page does not wait so long for a program.
  limits: { source: errors.source, maxBytes: TEXT_BYTES, answerMs: 8_000 },
  rateKey: ({ url }) => fingerprint(url),
  send: (message, _to, { url, secret, previousSecret, allowPrivate }, io) =>
    eachNotice(message, (one) => {
      const keys = [secret, ...(previousSecret === undefined ? [] : [previousSecret])]
      return postSigned({ url, ...webhookEvent(one), keys, ...(allowPrivate && { allowPrivate }) }, io)
    }),
}
