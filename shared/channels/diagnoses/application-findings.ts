import type { Failure } from '../../contracts/failure.ts'
import { type Bilingual, inBoth } from '../../contracts/words.ts'
import { failureText } from '../../messages/failure.ts'
import { fault, findingsOf, warning } from './finding.ts'

/** What doctor may find of a chat’s application, beside what it finds of a robot. */
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
  disabled: () =>
    fault(
      { en: 'disabled: it sends nothing', zh: '已停用：什么都发不出' },
      { en: "enable it in the vendor's console", zh: '请在厂商的管理后台启用' },
    ),
  'seen-by-nobody': () =>
    fault(
      { en: 'visible to nobody: whoever it is sent to gets nothing', zh: '可见范围内没有人：发给谁都收不到' },
      { en: 'put the recipients into its visible range', zh: '请把收件人加入应用的可见范围' },
    ),
})
