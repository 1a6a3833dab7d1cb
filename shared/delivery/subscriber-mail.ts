import { sendMail } from '../channels/smtp/send-mail.ts'
import { confirmationMail, updateMail } from '../messages/status/mail.ts'
import type { StoreIo } from '../store/io.ts'
import type { Outcome, Telling } from './telling.ts'
import { channelIo, type GatewayDeps, resolved } from './vendors.ts'

/** Mails a subscriber the question whether it wants to be told, or an update. */
export async function mailSubscriber(
  { to, page, language, base, confirm, leave, news, timeMs }: Telling,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Outcome> {
  const { settings, unset } = resolved(deps.config.channels.email?.settings, deps)
  if (unset !== undefined || settings === null || typeof settings !== 'object') return 'later'
  const mail =
    news === undefined
      ? confirmationMail(page, confirm, language)
      : updateMail(news.told, news.post, page, { language, timezone: deps.config.timezone, base, leave })
  // RFC 8058: programs of mail offer to unsubscribe by one press.
  const headers = { 'List-Unsubscribe': `<${leave}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
  const server = settings as Parameters<typeof sendMail>[1]
  const delivery = await sendMail({ to, ...mail, headers }, server, channelIo('smtp', deps, io, timeMs))
  if (delivery.status === 'sent') return 'sent'
  io.log({ level: 'warn', event: 'subscriber not told', way: 'mail', status: delivery.status })
  // A login that is not taken says nothing of the address.
  return delivery.status === 'failed' && delivery.failure.class === 'refused' ? 'refused' : 'later'
}
