import { type Address, contactText, maskId } from '../../oncall/address.ts'

/** What Feishu knows a contact by, for robots and applications. */
export const feishuAddress: Address = {
  key: 'feishu',
  summary: {
    en: 'Open id or user id in Feishu, for a mention, and by which an application knows who pressed its button.',
    zh: '飞书的 open id 或用户 ID，供提到此人，及应用认出是谁按的按钮。',
  },
  example: 'ou_7d8a6e6df7621556ce0d21922b676706',
  schema: contactText,
  mask: maskId,
}
