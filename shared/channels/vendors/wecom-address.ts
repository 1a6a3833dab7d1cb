import { type Address, contactText, showWhole } from '../../oncall/address.ts'

/** What WeCom knows a contact by, for robots and applications. */
export const wecomAddress: Address = {
  key: 'wecom',
  summary: {
    en: "User id in WeCom, for a robot's mention, and by which an application knows who pressed its button.",
    zh: '企业微信的用户 ID，供群机器人提到此人，及应用认出是谁按的按钮。',
  },
  example: 'LinYue',
  schema: contactText,
  mask: showWhole,
}
