import type { Remedy } from '../../contracts/vendor-errors.ts'

// What puts right what vendors of group robots have in common.

export const newRobot: Remedy = {
  zh: '请新建机器人，在部署环境中设置它的密钥，再次部署',
  en: 'make a new robot, set its key where you deploy, and deploy',
}

export const enableRobot: Remedy = {
  zh: '请在群的机器人设置中启用它',
  en: 'enable it in the settings of its group',
}

export const setSecret: Remedy = {
  zh: '请在部署环境中设置它“加签”的密钥，再次部署；并核对时钟',
  en: 'set the secret of its security setting "sign" where you deploy, and deploy; check the clock, too',
}

export const useKeyword: Remedy = {
  zh: '每条消息都含“烽火”，请把它设为关键词',
  en: '烽火 is in every post: let it be the keyword',
}

export const useSignature: Remedy = {
  zh: '函数没有固定地址，请改用加签',
  en: 'the functions have no fixed address: use the signature instead',
}
