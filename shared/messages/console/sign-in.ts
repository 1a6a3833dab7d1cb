import type { Language } from '../../contracts/words.ts'

/** What the console says to whoever is not, or no longer, signed in. */
export interface SignInWords {
  title: string
  how: string
  out: string
  outEverywhere: string
  again: string
  refused: string
  tooMany: string
  noRole: (name: string) => string
  mayNot: string
  /** The session ended while somebody wrote. */
  ended: string
  written: string
  closed: string
  needsToken: string
}

export const signInWords: Record<Language, SignInWords> = {
  zh: {
    title: '登录',
    how: '登录后可查看和处理告警单。',
    out: '退出登录',
    outEverywhere: '在所有设备上退出',
    again: '这次登录已过期，或在另一个浏览器开始。请重新登录。',
    refused: '身份提供方没有完成登录。请重试；若仍不行，请让管理员看控制台的日志。',
    tooMany: '登录过于频繁。请一分钟后再试。',
    noRole: (name) => `${name} 没有任何角色。请让管理员在配置的 console.access 中加上。`,
    mayNot: '您的角色不能这样做，什么都没有改变。如需权限，请让管理员在配置的 console.access 中给。',
    ended: '登录已过期，没有保存。请重新登录后再提交；写下的内容在下面。',
    written: '您写的内容',
    closed: '这里没有页面。',
    needsToken: '需要令牌：Authorization: Bearer …；令牌写在配置的 console.access 中。',
  },
  en: {
    title: 'Sign in',
    how: 'Sign in to see incidents and to act on them.',
    out: 'Sign out',
    outEverywhere: 'Sign out everywhere',
    again: 'This sign-in is too old, or was begun in another browser. Please begin again.',
    refused:
      "The provider has not signed you in. Please try again; if it stays so, ask an admin to look into the console's log.",
    tooMany: 'Too many sign-ins. Please try again in a minute.',
    noRole: (name) => `${name} has no role. Ask an admin for one in console.access of the configuration.`,
    mayNot:
      'Your role does not allow that, and nothing was changed. Ask an admin for one that does in console.access of the configuration.',
    ended: 'Your session has ended, and nothing was saved. Sign in again and send it anew; what you wrote is below.',
    written: 'What you wrote',
    closed: 'There is no page here.',
    needsToken: 'A token is needed: Authorization: Bearer …; console.access of the configuration has those that hold.',
  },
}
