import type { Access } from '../../services/console/access/admission.ts'

/** Of a program that looks at one project, and of one that may do everything in another. */
export const tokens = { pay: 'a-token-of-who-looks-at-pay', shop: 'a-token-of-an-admin-of-shop' }
export const access: Access = {
  access: [
    { role: 'viewer', tokens: [tokens.pay], projects: ['pay'] },
    { role: 'admin', tokens: [tokens.shop], projects: ['shop'] },
  ],
}

export const as = (token: string) => ({ authorization: `Bearer ${token}` })
