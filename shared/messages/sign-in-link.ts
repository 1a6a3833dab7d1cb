import type { Language } from '../contracts/words.ts'

/** What the pages say by which somebody signs in with a link. */
export interface SignInLinkWords {
  title: string
  how: string
  who: string
  send: string
  sent: string
  open: string
  opened: string
  openedAs: (name: string) => string
  over: string
  tooMany: string
  failed: string
}

export const signInLinkWords: Record<Language, SignInLinkWords> = {
  zh: {
    title: '用链接登录',
    how: '写下您在值班表中的名字或邮箱：链接会发到您自己的邮箱、企业微信、飞书、Slack 或短信；按模板发的短信带不了链接。',
    who: '名字或邮箱',
    send: '发送链接',
    sent: '如果值班表里有这个人，链接已发往其本人的渠道：十分钟内有效，只能用一次。',
    open: '登录',
    opened: '按下按钮即登录；只打开本页不会用掉链接。',
    openedAs: (name) => `这个链接属于${name}，按下即以其身份登录。`,
    over: '这个链接已用过，或已过期。请重新获取。',
    tooMany: '请求的链接太多。请十分钟后再试。',
    failed: '现在发不了链接。请再试一次。',
  },
  en: {
    title: 'Sign in by a link',
    how: 'Write your name in the rota, or your mail address: a link is sent to your own mail, WeCom, Feishu, Slack or phone; texts by template cannot carry one.',
    who: 'Name or mail address',
    send: 'Send the link',
    sent: 'If the rota has somebody of that name, a link is on its way to their own channel: it holds for ten minutes, once.',
    open: 'Sign in',
    opened: 'The button signs you in; opening this page alone does not use the link up.',
    openedAs: (name) => `This is the link of ${name}: you sign in as them.`,
    over: 'This link was used already, or is too old. Ask for another.',
    tooMany: 'Too many links were asked for. Try again in ten minutes.',
    failed: 'No link can be sent now. Try again.',
  },
}
