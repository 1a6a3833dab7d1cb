import type { CompiledStatusPage } from '../../contracts/status-page.ts'
import type { Language } from '../../contracts/words.ts'
import type { Post, Told } from '../../incidents/status/post.ts'
import { oneLine } from '../cut.ts'
import { dateAndTime, utcOffset } from '../times.ts'
import { componentList, hasProgress, headingOf, textOf } from './said.ts'
import { statusWords } from './words.ts'

/** A subject is one line, and shown in part. */
const SUBJECT_CHARACTERS = 150

/** A mail in plain text. */
export interface StatusMail {
  subject: string
  text: string
}

const words = {
  zh: {
    confirm: (page: string) => `请确认订阅：${page}`,
    asked: (page: string) =>
      `有人（大概是您）用这个邮箱订阅了「${page}」状态页的更新。\n\n确认订阅，请在一天之内打开：`,
    ignore: '如果不是您，请忽略这封邮件，不会再收到。',
    leave: '不再接收：',
  },
  en: {
    confirm: (page: string) => `Confirm your subscription: ${page}`,
    asked: (page: string) =>
      `Somebody, probably you, has subscribed this address to updates of the status page ${page}.\n\nTo confirm that, open within a day:`,
    ignore: 'If it was not you, do nothing: no further mail will come.',
    leave: 'To hear no more:',
  },
} satisfies Record<Language, unknown>

/** Asks an address whether it wants to be told. */
export function confirmationMail(
  page: Pick<CompiledStatusPage, 'title'>,
  link: string,
  language: Language,
): StatusMail {
  const say = words[language]
  const title = page.title[language]
  return {
    subject: oneLine(say.confirm(title), SUBJECT_CHARACTERS),
    text: `${say.asked(title)}\n${link}\n\n${say.ignore}\n`,
  }
}

/** Tells an update, with its time: a mail may come late. */
export function updateMail(
  told: Told,
  post: Pick<Post, 'at' | 'text' | 'state'>,
  page: CompiledStatusPage,
  { language, timezone, base, leave }: { language: Language; timezone: string; base: string; leave: string },
): StatusMail {
  const say = statusWords[language]
  const heading = headingOf(told, page, language)
  const subject = `[${page.title[language]}] ${heading}${hasProgress(told, post) ? ` — ${say.post[post.state]}` : ''}`
  const about = componentList(told.components, page, language)
  const when = `${dateAndTime(post.at, timezone)} (${utcOffset(post.at, timezone)})`
  const lines = [
    textOf(post, told, language),
    '',
    when,
    about,
    `${base}#${told.of}`,
    '',
    `${words[language].leave} ${leave}`,
  ]
  return { subject: oneLine(subject, SUBJECT_CHARACTERS), text: `${lines.join('\n')}\n` }
}
