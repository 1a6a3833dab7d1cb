import { fault, findingsOf, ok } from '../diagnoses/finding.ts'
import { checkLogin } from './errors.ts'

/** What doctor may find of a mail server; `where`: host and port. */
export const found = findingsOf('smtp', {
  'login-taken': (where: string) =>
    ok({ en: `${where}: login taken; no mail was sent`, zh: `${where}：登录成功；没有发邮件` }),
  connected: (where: string) =>
    ok({
      en: `${where}: connected, without a login; no mail was sent`,
      zh: `${where}：已连上，无需登录；没有发邮件`,
    }),
  'login-refused': (where: string, said: string) =>
    fault({ en: `${where} refused the login: ${said}`, zh: `${where} 拒绝登录：${said}` }, checkLogin),
  untrusted: (where: string) =>
    fault(
      { en: `${where}: its certificate can't be trusted`, zh: `${where}：证书不可信` },
      {
        en: 'give `ca` if the authority is private, or the name it has',
        zh: '签发机构是私有的就写上 `ca`，否则改用证书上的名字',
      },
    ),
  'other-tls': (where: string) =>
    fault(
      { en: `${where} speaks no TLS as asked`, zh: `${where} 不按要求的方式使用 TLS` },
      {
        en: 'port 465 is TLS from the first byte (`secure`), 587 STARTTLS',
        zh: '465 端口一开始就是 TLS（`secure`），587 用 STARTTLS',
      },
    ),
  'not-reached': (where: string, code: string) =>
    fault(
      { en: `${where} is not reached (${code})`, zh: `连不上 ${where}（${code}）` },
      {
        en: 'check host and port; some networks block them',
        zh: '检查主机和端口；有些网络会封禁它们',
      },
    ),
  refused: (where: string, said: string) =>
    fault(
      { en: `${where}: ${said || 'error'}`, zh: `${where} 答复：${said || '出错'}` },
      { en: 'look at what the server says', zh: '看服务器说了什么' },
    ),
})
