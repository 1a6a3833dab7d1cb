import type { Failure } from '../../contracts/failure.ts'
import { type Bilingual, inBoth } from '../../contracts/words.ts'
import { failureText } from '../../messages/failure.ts'
import { fault, findingsOf, warning } from '../finding.ts'

/** What doctor may find of an application of WeCom before it is asked to send. */
export const found = findingsOf('wecom-app', {
  'no-token': () =>
    warning(
      { en: "can't tell: no token in the answer", zh: '说不准：应答里没有 token' },
      { en: 'look again', zh: '再看一次' },
    ),
  refused: (failure: Failure, remedy: Bilingual | undefined) =>
    fault(
      inBoth((language) => failureText(failure, language)),
      remedy ?? { en: 'check corp and secret', zh: '检查 corp 和 secret' },
    ),
})
