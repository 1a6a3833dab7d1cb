import type { Remedies } from '../../messages/failure.ts'

/** Source: cloud.tencent.com/document/api/382/59177. */
export const remedies: Remedies = {
  'FailedOperation.SignatureIncorrectOrUnapproved': {
    zh: '请在 fenghuo.yml 中填写已通过审核的签名，不带括号',
    en: 'write the approved signature into fenghuo.yml, without brackets',
  },
  'FailedOperation.TemplateIncorrectOrUnapproved': {
    zh: '请提交 `fenghuo sms templates` 打印的模板，并在 fenghuo.yml 中填写其编号',
    en: 'submit what `fenghuo sms templates` prints, and write its number into fenghuo.yml',
  },
  'UnauthorizedOperation.RequestIpNotInWhitelist': {
    zh: '函数没有固定地址，请取消应用的 IP 白名单',
    en: 'the functions have no fixed address: take the list of addresses off the application',
  },
}
