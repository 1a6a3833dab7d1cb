import type { Failure } from '../contracts/failure.ts'
import { type Bilingual, inBoth } from '../contracts/words.ts'
import { failureText } from '../messages/failure.ts'
import { fault, findingsOf, warning } from './finding.ts'

/** What doctor may find of a chat’s application before it is asked to send. */
export const found = findingsOf('application', {
  'no-token': () =>
    warning(
      { en: "can't tell: no token in the answer", zh: '说不准：应答里没有 token' },
      { en: 'look again', zh: '再看一次' },
    ),
  refused: (failure: Failure, remedy: Bilingual | undefined) =>
    fault(
      inBoth((language) => failureText(failure, language)),
      remedy ?? { en: 'check the application and its secret', zh: '检查应用和它的 secret' },
    ),
})
