import type { Failure } from '../../contracts/failure.ts'
import { type Bilingual, inBoth } from '../../contracts/words.ts'
import { failureText } from '../../messages/failure.ts'
import { fault, findingsOf, ok, skipped, warning } from '../diagnoses/finding.ts'
import { errors } from './errors.ts'

function says(failure: Failure, { refused, of }: Numbers): Bilingual {
  const said = inBoth((language) => failureText(failure, language))
  return { en: `${said.en} (${refused} of ${of} numbers)`, zh: `${said.zh}（${of} 个号码中的 ${refused} 个）` }
}

interface Numbers {
  refused: number
  of: number
}

const lookUp: Bilingual = { en: `look the code up: ${errors.source}`, zh: `查这个错误码：${errors.source}` }

/** What doctor may find of texts by AWS, by dry runs. */
export const found = findingsOf('aws-sms', {
  taken: (numbers: number) =>
    ok({
      en: `a dry run to ${numbers === 1 ? 'the number' : `each of ${numbers} numbers`} is taken: nothing was sent`,
      zh: `对 ${numbers} 个号码的试运行均被接受：没有发出任何短信`,
    }),
  refused: (failure: Failure, numbers: Numbers, remedy: Bilingual | undefined) =>
    fault(says(failure, numbers), remedy ?? lookUp),
  'asker-refused': (failure: Failure, numbers: Numbers, _remedy: Bilingual | undefined) =>
    warning(says(failure, numbers), {
      en: 'allow sms-voice:SendTextMessage to whoever runs doctor: the function has its own role',
      zh: '请为运行 doctor 的身份授权 sms-voice:SendTextMessage：函数用的是自己的角色',
    }),
  'no-numbers': () =>
    skipped(
      { en: 'nobody in the contacts table is texted by it', zh: '联系人表里没有走这条线路的号码' },
      {
        en: 'give people a phone in oncall.yml, then bin/fenghuo.js apply',
        zh: '在 oncall.yml 写电话，再 bin/fenghuo.js apply',
      },
    ),
  'no-deployment': () =>
    skipped(
      { en: 'there is no deployment whose account could be asked', zh: '没有可以询问账号的部署' },
      { en: 'ask with --stage', zh: '用 --stage 询问' },
    ),
  'no-answer': (status: number) =>
    warning(
      { en: `can't tell: HTTP ${status}, no answer of AWS`, zh: `说不准：HTTP ${status}，不是 AWS 的应答` },
      { en: 'look again in a minute', zh: '过一分钟再看' },
    ),
})
