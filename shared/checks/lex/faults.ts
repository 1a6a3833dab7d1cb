import type { Fact, FactOf, Wording } from '../../contracts/fact.ts'
import { type ApiFault, apiWording } from '../network/api-faults.ts'

type Nothing = Record<never, never>

/** Why Amazon Lex answers nobody, or not as it should. What the service says of it is quoted. */
export type LexFault =
  | ApiFault
  | FactOf<{
      /** 500, 502, or an answer that is none of Lex. */
      'lex-failed': { status: number; said: string }
      /** No connection, no answer, or one that breaks off. */
      'lex-silent': { fault: Fact }
      /** Another function or a voice that the bot depends on. */
      'lex-dependency-failed': { said: string }
      /** The bot, its alias or its language is not there. */
      'lex-not-found': { said: string }
      'lex-refused': { said: string }
      'lex-not-allowed': { said: string }
      'lex-throttled': Nothing
      /** Two spoke in one session. */
      'lex-overlap': Nothing
      'lex-other-intent': { intent?: string; expected: string }
      'lex-other-reply': { reply?: string; expected: string }
      'lex-without-session': Nothing
    }>

export const lexWording: Wording<LexFault> = {
  ...apiWording,
  'lex-failed': {
    zh: ({ status, said }) => `Lex 出错（HTTP ${status}）${quoted('：', said)}`,
    en: ({ status, said }) => `Lex failed (HTTP ${status})${quoted(': ', said)}`,
  },
  'lex-silent': {
    zh: ({ fault }, say) => `Lex 没有应答：${say(fault)}`,
    en: ({ fault }, say) => `no answer of Lex: ${say(fault)}`,
  },
  'lex-dependency-failed': {
    zh: ({ said }) => `机器人依赖的函数或语音出错${quoted('：', said)}`,
    en: ({ said }) => `a function or voice that the bot depends on failed${quoted(': ', said)}`,
  },
  'lex-not-found': {
    zh: ({ said }) => `没有这个机器人、别名或语言${quoted('：', said)}`,
    en: ({ said }) => `no such bot, alias or locale${quoted(': ', said)}`,
  },
  'lex-refused': {
    zh: ({ said }) => `Lex 拒绝了请求，机器人可能还没有构建好${quoted('：', said)}`,
    en: ({ said }) => `Lex refused the request, the bot may not be built${quoted(': ', said)}`,
  },
  'lex-not-allowed': {
    zh: ({ said }) => `探针没有权限使用这个机器人${quoted('：', said)}`,
    en: ({ said }) => `the probe may not talk to this bot${quoted(': ', said)}`,
  },
  'lex-throttled': { zh: () => 'Lex 正忙（限流）', en: () => 'Lex is busy (throttled)' },
  'lex-overlap': { zh: () => '同一会话同时有两次请求', en: () => 'two requests in one session' },
  'lex-other-intent': {
    zh: ({ intent, expected }) => `理解成了 ${intent ?? '没有意图'}，应为 ${expected}`,
    en: ({ intent, expected }) => `understood ${intent ?? 'no intent'}, expected ${expected}`,
  },
  'lex-other-reply': {
    zh: ({ reply, expected }) => `${reply === undefined ? '没有回答' : `回答是“${reply}”`}，应含有“${expected}”`,
    en: ({ reply, expected }) => `${reply === undefined ? 'no reply' : `replied “${reply}”`}, expected “${expected}”`,
  },
  'lex-without-session': { zh: () => '应答里没有会话', en: () => 'the answer names no session' },
}

function quoted(before: string, said: string): string {
  return said === '' ? '' : `${before}${said}`
}
