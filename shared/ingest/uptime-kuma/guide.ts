import type { Guide } from '../guide.ts'
import { uptimeKuma } from './format.ts'

export const uptimeKumaGuide: Guide = {
  format: uptimeKuma,
  title: { en: 'Uptime Kuma', zh: 'Uptime Kuma' },
  samples: ['uptime-kuma-down', 'uptime-kuma-up', 'uptime-kuma-test', 'uptime-kuma-certificate'],
  setup: {
    en: `*Settings* → *Notifications* → *Setup Notification*: type *Webhook*, post URL \`{url}/uptime-kuma/{key}\`, request body *preset,
application/json* (a form does, too); switch on *Default enabled* and *Apply on all existing monitors*. It sends each change once and never
again: set *Resend notification* of a monitor that must not be lost, since what is repeated is no news here. Each installation needs a key
of its own, for the numbers of monitors repeat. Its monitors have no severity: they are as bad as the project says. What it says of a
certificate is told to the chat once.`,
    zh: `「设置」→「通知」→「设置通知」：类型 *Webhook*，Post URL 填 \`{url}/uptime-kuma/{key}\`，请求体选 *预设 application/json*（表单也可），打开「默认开启」
和「应用到所有现有监控项」。它每次变化只发一次，失败不重发：不能丢的监控项请设置「重复通知」的间隔，重复的在这里不是新闻。监控项编号会重复，
请为每个安装使用单独的密钥。它没有严重程度，按项目的设置。证书到期之类只在群里说一次。`,
  },
  example: {
    body: { heartbeat: { status: 0 }, monitor: { id: 'fenghuo-test', name: '{test}' }, msg: '{test}' },
    resolved: { heartbeat: { status: 1 }, monitor: { id: 'fenghuo-test', name: '{test}' }, msg: '{test}' },
  },
}
