import type { Failure } from '../../contracts/failure.ts'
import { type Bilingual, inBoth } from '../../contracts/words.ts'
import { failureText } from '../../messages/failure.ts'
import { fault, findingsOf, ok, skipped, warning } from '../diagnoses/finding.ts'
import { submitSign, submitTemplate } from './errors.ts'

/** What is reviewed: a template by its number, a signature by its text. */
export type Reviewed = { template: string } | { sign: string }

function nameOf(reviewed: Reviewed): Bilingual {
  if ('sign' in reviewed) return { en: `【${reviewed.sign}】`, zh: `【${reviewed.sign}】` }
  return { en: `template ${reviewed.template}`, zh: `模板 ${reviewed.template}` }
}

const told = (failure: Failure) => inBoth((language) => failureText(failure, language))

/** What doctor may find of templates and signatures; `where` names what holds the template's number. */
export const found = findingsOf('tencent-sms', {
  'no-key': () =>
    skipped(
      { en: 'no key here', zh: '这里没有密钥' },
      {
        en: 'set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY',
        zh: '设置 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY',
      },
    ),
  'no-template': (id: string, where: string) =>
    fault({ en: `the account has no template ${id}`, zh: `账号没有模板 ${id}` }, submitTemplate(where)),
  'template-approved': (id: string, variables: number) =>
    ok({ en: `${id} is approved, with ${variables} variables`, zh: `${id} 已审核通过，有 ${variables} 个变量` }),
  'other-variables': (id: string, has: number, wanted: number, where: string) =>
    fault(
      {
        en: `${id} has ${has} variables, and we fill ${wanted}: each text would be refused`,
        zh: `${id} 有 ${has} 个变量，而我们填 ${wanted} 个：每条短信都会被拒`,
      },
      submitTemplate(where),
    ),
  'no-sign': (sign: string) =>
    fault({ en: `the account has no signature 【${sign}】`, zh: `账号没有签名【${sign}】` }, submitSign),
  'sign-approved': (sign: string) => ok({ en: `【${sign}】 is approved`, zh: `【${sign}】已审核通过` }),
  'under-review': (reviewed: Reviewed) => {
    const { en, zh } = nameOf(reviewed)
    return warning(
      { en: `${en} is under review: texts fail until it is approved`, zh: `${zh} 正在审核：通过之前短信会失败` },
      { en: 'wait; it takes hours to a day', zh: '等待；需要几小时到一天' },
    )
  },
  'not-yet-in-force': (reviewed: Reviewed) => {
    const { en, zh } = nameOf(reviewed)
    return warning(
      { en: `${en} is approved, and not yet in force`, zh: `${zh} 已审核通过，尚未生效` },
      { en: 'wait', zh: '等待' },
    )
  },
  'not-approved': (reviewed: Reviewed, reply: string) => {
    const { en, zh } = nameOf(reviewed)
    return fault(
      { en: `${en} was refused: ${reply || 'no reason given'}`, zh: `${zh} 未通过审核：${reply || '没有给出原因'}` },
      { en: 'change it as asked, and submit it again', zh: '按要求修改，重新提交' },
    )
  },
  'no-answer': (status: number) =>
    warning(
      { en: `can't tell: HTTP ${status}, no answer of Tencent Cloud`, zh: `说不准：HTTP ${status}，不是腾讯云的应答` },
      { en: 'look again later', zh: '稍后再看' },
    ),
  'bad-credentials': (failure: Failure, remedy: Bilingual) => fault(told(failure), remedy),
  unlisted: (failure: Failure, action: string, remedy: Bilingual | undefined) => {
    const { en, zh } = told(failure)
    const look = {
      en: `an account of a person may not list them, a key needs sms:${action}: look in the console instead`,
      zh: `个人账号不能列出，密钥需要 sms:${action} 权限：改到控制台查看`,
    }
    return warning({ en: `can't tell: ${en}`, zh: `说不准：${zh}` }, remedy ?? look)
  },
})
