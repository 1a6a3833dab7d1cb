import type { Failure } from '../../contracts/failure.ts'
import { type Bilingual, inBoth } from '../../contracts/words.ts'
import { failureText } from '../../messages/failure.ts'
import { fault, findingsOf, ok, warning } from '../diagnoses/finding.ts'

/** What is reviewed: a template by its code, a signature by its text. */
export type Reviewed = { template: string } | { sign: string }

function nameOf(reviewed: Reviewed): Bilingual {
  if ('sign' in reviewed) return { en: `signature 【${reviewed.sign}】`, zh: `签名【${reviewed.sign}】` }
  return { en: `template ${reviewed.template}`, zh: `模板 ${reviewed.template}` }
}

const submit: Bilingual = {
  en: 'submit the text that `bin/fenghuo.js sms templates` prints, and write its code into fenghuo.yml',
  zh: '用 `bin/fenghuo.js sms templates` 打印的正文申请，再把模板代码写进 fenghuo.yml',
}
const submitSign: Bilingual = {
  en: 'apply for the signature in the console of Short Message Service, and write it into fenghuo.yml as it is there',
  zh: '在短信服务控制台申请签名，再原样写进 fenghuo.yml',
}

/** What doctor may find of templates and signatures. */
export const found = findingsOf('aliyun-sms', {
  missing: (reviewed: Reviewed) => {
    const { en, zh } = nameOf(reviewed)
    return fault({ en: `the account has no ${en}`, zh: `账号没有${zh}` }, 'sign' in reviewed ? submitSign : submit)
  },
  'template-approved': (code: string, variables: number) =>
    ok({ en: `${code} is approved, with ${variables} variables`, zh: `${code} 已审核通过，有 ${variables} 个变量` }),
  'sign-approved': (sign: string) => ok({ en: `【${sign}】 is approved`, zh: `【${sign}】已审核通过` }),
  'other-variables': (code: string, has: string[], wanted: readonly string[]) =>
    fault(
      {
        en: `${code} has the variables ${has.join(', ')}, and we fill ${wanted.join(', ')}: each text would be refused`,
        zh: `${code} 的变量是 ${has.join('、')}，而我们填 ${wanted.join('、')}：每条短信都会被拒`,
      },
      submit,
    ),
  'under-review': (reviewed: Reviewed) => {
    const { en, zh } = nameOf(reviewed)
    return warning(
      { en: `${en} is under review: texts fail until it is approved`, zh: `${zh}正在审核：通过之前短信会失败` },
      { en: 'wait; it takes hours to a day', zh: '等待；需要几小时到一天' },
    )
  },
  'not-approved': (reviewed: Reviewed, reason: string) => {
    const { en, zh } = nameOf(reviewed)
    return fault(
      {
        en: `${en} was refused or withdrawn: ${reason || 'no reason given'}`,
        zh: `${zh}未通过审核或已停用：${reason || '没有给出原因'}`,
      },
      { en: 'change it as asked, and submit it again', zh: '按要求修改，重新提交' },
    )
  },
  'no-answer': (status: number) =>
    warning(
      { en: `can't tell: HTTP ${status}, no answer of Alibaba Cloud`, zh: `说不准：HTTP ${status}，不是阿里云的应答` },
      { en: 'look again later', zh: '稍后再看' },
    ),
  refused: (failure: Failure, action: string, remedy: Bilingual | undefined) => {
    const said = inBoth((language) => failureText(failure, language))
    if (failure.class === 'bad-credentials')
      return fault(said, {
        en: 'check the key, set it where you deploy, and deploy',
        zh: '请核对密钥，在部署环境中设置后再次部署',
      })
    const look = { en: `the key may need dysms:${action}`, zh: `密钥可能需要 dysms:${action} 权限` }
    return warning({ en: `can't tell: ${said.en}`, zh: `说不准：${said.zh}` }, remedy ?? look)
  },
})
