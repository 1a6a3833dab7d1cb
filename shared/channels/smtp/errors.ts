import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'

/** What to do when a server takes no login. */
export const checkLogin: Remedy = {
  zh: '请核对用户名和密码，有的服务器需要应用专用密码',
  en: 'check user and password; some servers want one for apps',
}

/** Every 4yz is "for now", and those that are not here are refusals (RFC 5321, 4.2.1). */
export const errors: ErrorTable = {
  source: 'RFC 4954, 6',
  codes: {
    530: { class: 'bad-credentials', remedy: checkLogin },
    534: { class: 'bad-credentials', remedy: checkLogin },
    535: { class: 'bad-credentials', remedy: checkLogin },
  },
}
