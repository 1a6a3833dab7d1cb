import type { Failure } from '../../contracts/failure.ts'
import { type Bilingual, inBoth } from '../../contracts/words.ts'
import { failureText } from '../../messages/failure.ts'
import { fault, findingsOf, ok, skipped, warning } from './finding.ts'

function cantTell(said: Bilingual) {
  return warning(
    { en: `can't tell: ${said.en}`, zh: `说不准：${said.zh}` },
    { en: 'bin/fenghuo.js page --test shows whether it posts', zh: '用 bin/fenghuo.js page --test 可以看出它能不能发' },
  )
}

const told = (failure: Failure) => inBoth((language) => failureText(failure, language))

/** What doctor may find of a group's robot, by how it answers a nonsense message. */
export const found = findingsOf('robot', {
  'took-nonsense': () =>
    warning(
      {
        en: 'it took a nonsense message: what the group saw is not known',
        zh: '它收下了一条无意义的消息：群里看到了什么不得而知',
      },
      { en: 'look into the group', zh: '看一眼群里' },
    ),
  there: () =>
    ok({
      en: 'the vendor knows it, and takes its key: nothing was posted',
      zh: '厂商认得它，密钥有效：没有发出任何东西',
    }),
  good: () =>
    ok({
      en: 'the key is good: inferred from how a nonsense message was refused, nothing was posted',
      zh: '密钥有效：由一条无意义的消息被拒绝的方式推断，没有发出任何东西',
    }),
  'asks-keyword': (remedy: Bilingual | undefined) =>
    skipped(
      {
        en: 'token and signature were taken, and a keyword asked for: inferred, nothing was posted',
        zh: '令牌和签名有效，但要求关键词：这是推断，没有发出任何东西',
      },
      remedy,
    ),
  'too-many': (perMinute: number | undefined, minutes: number) =>
    warning(
      {
        en: `over ${perMinute ?? 'its limit of'} posts a minute: nothing else can be told`,
        zh: `超过每分钟${perMinute === undefined ? '上限' : ` ${perMinute} 条`}：看不出别的`,
      },
      { en: `look again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`, zh: `${minutes} 分钟后再看` },
    ),
  'refused-here': (failure: Failure, remedy: Bilingual) => warning(told(failure), remedy),
  refused: (failure: Failure, remedy: Bilingual) => fault(told(failure), remedy),
  'other-answer': (code: string | number, words: string) =>
    cantTell({ en: `${code} ${words}`, zh: `${code} ${words}` }),
  'no-answer': (status: number) =>
    cantTell({ en: `HTTP ${status}, no answer of a robot`, zh: `HTTP ${status}，不是机器人的应答` }),
})
