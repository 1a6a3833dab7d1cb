import { compose } from '../../messages/compose.ts'
import { type Dialect, render, safeHref } from '../../messages/markup.ts'
import type { Channel, Delivery } from '../channel.ts'
import { quoted } from '../network.ts'
import { fingerprint } from '../robot.ts'
import { wecomAddress } from '../wecom-address.ts'
import { type Answered, callWecom, url, VENDOR } from './call.ts'
import { errors, limits } from './errors.ts'
import { type Settings, settings } from './settings.ts'

/** Messages of a WeCom application: a text for each state change to members, departments or tags. */
export const wecomApp: Channel<Settings> = {
  type: VENDOR,
  title: { zh: '企业微信应用', en: 'WeCom application' },
  summary: {
    en: "Messages of a WeCom application to people's own chats: one for each state change.",
    zh: '企业微信自建应用的消息，发到个人会话：每次状态变化发一条。',
  },
  reaches: 'group',
  address: wecomAddress,
  settings,
  example: { corp: 'ww0123456789abcdef', agent: 1000002, secret: '${WECOM_APP_SECRET}', to: '@all' },
  url,
  errors,
  diagnose: () => import('./diagnose.ts'),
  limits,
  rateKey: ({ corp, agent }) => fingerprint(`${corp}#${agent}`),
  async send(message, _to, app, io) {
    const content = render(compose(message), dialect, limits.maxBytes, message.language)
    const body = { ...receivers(app), msgtype: 'text', agentid: Number(app.agent), text: { content } }
    return reachedBy(await callWecom('/cgi-bin/message/send', body, app, io))
  },
}

function receivers({ to = [], parties = [], tags = [] }: Settings) {
  return {
    touser: typeof to === 'string' ? to : to.join('|'),
    ...(parties.length > 0 && { toparty: parties.join('|') }),
    ...(tags.length > 0 && { totag: tags.join('|') }),
  }
}

/** The vendor says yes, and names whom it has not reached: the rest has it. With nobody left it says 81013. */
function reachedBy({ delivery, answer = {} }: Answered): Delivery {
  if (delivery.status !== 'sent') return delivery
  const missed = ['invaliduser', 'invalidparty', 'invalidtag', 'unlicenseduser'].filter((key) => answer[key])
  return missed.length === 0
    ? delivery
    : { status: 'sent', receipt: quoted(missed.map((key) => `${key}: ${answer[key]}`).join(', ')) }
}

/** A text shows `<a href>` alone; its other tags are shown as they stand, so nothing else is marked. */
const dialect: Dialect = {
  escape: (text) => text.replaceAll('<', '＜').replaceAll('>', '＞'),
  bad: (text) => text,
  good: (text) => text,
  mention: ({ name }) => dialect.escape(name),
  link: ({ text, href }) => `<a href="${safeHref(href)}">${text}</a>`,
  head: (markup) => markup,
  line: (markup) => markup,
  footer: true,
}
