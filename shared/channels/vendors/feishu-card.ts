import { ofKind } from '../../incidents/notice-kinds.ts'
import { compose } from '../../messages/compose.ts'
import type { Link } from '../../messages/composition.ts'
import { type Dialect, render, safeHref, withoutMarkup } from '../../messages/markup.ts'
import type { Message } from '../../messages/message.ts'
import type { Target } from '../channel.ts'

/** A card's button, as the vendor's cards of version 1 have it. */
export interface FeishuButton {
  tag: 'button'
  type: 'primary' | 'default'
  text: { tag: 'plain_text'; content: string }
  /** It opens a link; absent: the application hears of a press, with `value`. */
  url?: string
  value?: Record<string, string>
}

/** A message as a card of Feishu: its text, and `buttons`, or where there are none the link that takes it as one. */
export function feishuCard(message: Message, to: Target, maxBytes: number, buttons: FeishuButton[] = []) {
  const composition = compose(message)
  const { leaves, callsEverybody = false } = ofKind(message.notice.kind)
  const pressed = composition.links.find(({ href }) => href === message.links.acknowledge)
  const links = composition.links.filter((link) => link !== pressed)
  const content = render({ ...composition, links }, dialect(to, callsEverybody), maxBytes, message.language)
  const header = {
    template: leaves === 'over' ? 'green' : 'red',
    title: { tag: 'plain_text', content: composition.title },
  }
  const actions = buttons.length > 0 ? buttons : pressed ? [buttonOf(pressed)] : []
  const elements = [
    { tag: 'div', text: { tag: 'lark_md', content } },
    ...(actions.length > 0 ? [{ tag: 'action', actions }] : []),
  ]
  return { header, elements }
}

function buttonOf({ text, href }: Link): FeishuButton {
  return { tag: 'button', type: 'primary', text: { tag: 'plain_text', content: text }, url: href }
}

const dialect = (to: Target, loud: boolean): Dialect => ({
  escape: withoutMarkup,
  bad: (text) => `**${text}**`,
  good: (text) => text,
  mention: ({ contact, name }) => {
    const id = to.people[contact]?.feishu
    return id && /^[\w.@-]+$/.test(id) ? `<at id=${id}></at>` : withoutMarkup(name)
  },
  link: ({ text, href }) => `[${text}](${safeHref(href)})`,
  head: (markup) => `${markup}${loud ? ' <at id=all></at>' : ''}`,
  line: (markup) => markup,
  footer: true,
})
