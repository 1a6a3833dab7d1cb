import type { CodeMeaning, ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'

/** What to do when a server takes no login. */
export const checkLogin: Remedy = {
  zh: '请核对用户名和密码，有的服务器需要应用专用密码',
  en: 'check user and password; some servers want one for apps',
}

/** Of an address that has other letters than ASCII before its @ (RFC 6531, 3.4 and 4.2: X.6.7). */
const foreignAddress: CodeMeaning = {
  class: 'refused',
  whenSaid: [
    {
      words: /\b5\.6\.7\b|SMTPUTF8/i,
      class: 'refused',
      remedy: {
        zh: '服务器不支持 SMTPUTF8：请给联系人写 ASCII 的邮箱地址，如别名',
        en: 'the server has no SMTPUTF8: give the contact an address in ASCII, such as an alias',
      },
    },
  ],
}

/** Every 4yz is "for now", and those that are not here are refusals (RFC 5321, 4.2.1). */
export const errors: ErrorTable = {
  source: 'RFC 4954, 6; RFC 6531, 4.2',
  codes: {
    530: { class: 'bad-credentials', remedy: checkLogin },
    534: { class: 'bad-credentials', remedy: checkLogin },
    535: { class: 'bad-credentials', remedy: checkLogin },
    550: foreignAddress,
    553: foreignAddress,
  },
}
