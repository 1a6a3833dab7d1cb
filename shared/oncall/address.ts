import * as z from 'zod/mini'
import { wrong } from '../contracts/mistake.ts'
import type { Language } from '../contracts/words.ts'
import { maskMail, maskPhone } from './mask.ts'

/** The key of a contact in oncall.yml at which a person is reached, or by which a post in a group mentions them. */
export interface Address {
  key: string
  /** What it is, for the file's schema. */
  summary: Record<Language, string>
  example: string
  schema: z.ZodMiniType<string>
  /** How logs and terminals show one: enough to know it again, not enough to use it where that would be somebody's loss. */
  mask(text: string): string
}

/** E.164: a +, the country code, at most 15 digits in all (ITU-T E.164 §6.2.1). */
const e164 = /^\+[1-9]\d{6,14}$/
export const isE164 = (text: string) => e164.test(text)

/** A name, or what a chat knows somebody by. */
export const contactText = z.string().check(z.minLength(1), z.maxLength(64))

/** Where calls and text messages go. */
export const phoneAddress: Address = {
  key: 'phone',
  summary: { en: 'E.164, in quotes.', zh: 'E.164 格式，加引号。' },
  example: '+8613800000001',
  schema: z.string().check(
    z.regex(
      e164,
      wrong('no-e164', (input) => ({
        en: `"${input}" is not an E.164 number: write it with + and country code, such as "+8613800000001"`,
        zh: `“${input}”不是 E.164 号码：写上 + 和国家代码，如 "+8613800000001"`,
      })),
    ),
  ),
  mask: maskPhone,
}

// Without a class of Unicode, for not every editor that reads the published pattern has them.
const WORD = '[^\\u0000-\\u0020"(),.:;<>@[\\\\\\]\\u007f\\s]+'
const LETTER = '[^\\u0000-\\u002f:-@[-`{-\\u007f\\s]'
const LABEL = `${LETTER}+(?:-+${LETTER}+)*`

/**
 * Words and labels with dots between them, in the letters of any language (RFC 5321, 4.1.2; RFC 6531, 3.3). Whoever sends writes the
 * domain in ASCII. Quoted local parts are left to history.
 */
const MAILBOX = new RegExp(`^${WORD}(?:\\.${WORD})*@${LABEL}(?:\\.${LABEL})+$`)

/** Where mail goes. */
export const mailAddress: Address = {
  key: 'email',
  summary: { en: 'Where mail goes.', zh: '收邮件的地址。' },
  example: 'lin@example.com',
  schema: z.string().check(
    z.regex(
      MAILBOX,
      wrong('no-mail-address', (input) => ({
        en: `"${input}" is not an e-mail address, such as lin@example.com`,
        zh: `“${input}”不是邮箱地址，如 lin@example.com`,
      })),
    ),
    z.maxLength(254),
  ),
  mask: maskMail,
}

/** Whether a mail address has other letters than ASCII before its @: only servers with SMTPUTF8 take such (RFC 6531). */
export function hasForeignName(mail: string): boolean {
  return /\P{ASCII}/u.test(mail.slice(0, mail.lastIndexOf('@')))
}

/** For ids that nobody can write to from outside. */
export function showWhole(id: string): string {
  return id
}

/** The beginning of a long id: `ou_7d8a6…`. */
export function maskId(id: string): string {
  return id.length > 12 ? `${id.slice(0, 8)}…` : id
}
