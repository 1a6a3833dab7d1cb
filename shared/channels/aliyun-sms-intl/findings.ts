import type { Failure } from '../../contracts/failure.ts'
import { type Bilingual, inBoth } from '../../contracts/words.ts'
import { failureText } from '../../messages/failure.ts'
import { fault, findingsOf, ok, warning } from '../diagnoses/finding.ts'

const told = (failure: Failure) => inBoth((language) => failureText(failure, language))

/** What doctor may find of an account of texts outside of the mainland. */
export const found = findingsOf('aliyun-sms-intl', {
  served: () => ok({ en: 'the key is taken, and the account is served', zh: '密钥有效，账号可用' }),
  refused: (failure: Failure, remedy: Bilingual | undefined) =>
    fault(
      told(failure),
      remedy ?? {
        en: 'check the key, set it where you deploy, and deploy',
        zh: '请核对密钥，在部署环境中设置后再次部署',
      },
    ),
  'not-now': (failure: Failure) => warning(told(failure), { en: 'look again in a minute', zh: '过一分钟再看' }),
  'no-answer': (status: number) =>
    warning(
      { en: `can't tell: HTTP ${status}, no answer of Alibaba Cloud`, zh: `说不准：HTTP ${status}，不是阿里云的应答` },
      { en: 'look again later', zh: '稍后再看' },
    ),
})
