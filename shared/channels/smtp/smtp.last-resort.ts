import type { LastResortSender } from '../last-resorts/last-resort.ts'
import type { MailLastResort } from './send-mail.ts'
import { sendMail } from './send-mail.ts'

/** Mails to the mailbox `to`. */
export const send: LastResortSender<MailLastResort>['send'] = ({ mail }, to, server, io) =>
  sendMail({ to, ...mail }, server, io)
