/** One fixed sentence, for the vendor approves no text with variables: it says where to look and to take it. */
export const tencentVmsProvision = {
  templates: {
    zh: { alert: '值班告警，您负责的服务出现异常。本电话不能按键认领，请打开群消息、短信或邮件里的链接认领。' },
    en: {
      alert:
        'An alert for you. A service that you are on call for is in trouble. This call takes no keys. To take it, open the link in your chat, text message or mail.',
    },
  },
}
