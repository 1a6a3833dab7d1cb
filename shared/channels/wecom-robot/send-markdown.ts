import type { Language } from '../../contracts/words.ts'
import type { Composition } from '../../messages/composition.ts'
import { type Dialect, render, safeHref, withoutMarkup } from '../../messages/markup.ts'
import type { ChannelIo, Delivery, Target } from '../channel.ts'
import { shrinking } from '../robot.ts'
import { limits, postBody } from './post-text.ts'

/** Markdown, which can mention people by their user ids. */
export function sendMarkdown(
  composition: Composition,
  language: Language,
  to: Target,
  key: string,
  io: ChannelIo,
): Promise<Delivery> {
  return shrinking(limits.maxBytes, (maxBytes) => {
    const content = render(composition, dialect(to), maxBytes, language)
    return postBody({ msgtype: 'markdown', markdown: { content } }, content, key, io)
  })
}

const dialect = (to: Target): Dialect => ({
  escape: withoutMarkup,
  bad: (text) => `<font color="warning">${text}</font>`,
  good: (text) => `<font color="info">${text}</font>`,
  mention: ({ contact, name }) => {
    const id = to.people[contact]?.wecom
    return id && /^[\w.@-]+$/.test(id) ? `<@${id}>` : withoutMarkup(name)
  },
  link: ({ text, href }) => `[${text}](${safeHref(href)})`,
  head: (markup) => markup,
  line: (markup) => `> ${markup}`,
  footer: false,
})
