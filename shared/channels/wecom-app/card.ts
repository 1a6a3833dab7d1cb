import { createHash } from 'node:crypto'
import { perSeverity } from '../../contracts/severities.ts'
import type { Instant } from '../../contracts/words.ts'
import { buttonText, type CardAct, cardActs, isToBeTaken } from '../../messages/card.ts'
import { compose } from '../../messages/compose.ts'
import type { Composition } from '../../messages/composition.ts'
import { bytes, cutCharacters, oneLine } from '../../messages/cut.ts'
import type { Message } from '../../messages/message.ts'

/** A response code changes its card once, within 72 hours (developer.work.weixin.qq.com, 更新模版卡片消息, 94888). */
export const CODE_MS = 72 * 3_600_000

// developer.work.weixin.qq.com, 模板卡片类型 (101032): what is longer is cut on the screen, a key that is longer is refused.
const TITLE = 36
const DESCRIPTION = 44
const SUBTITLE = 160
const KEYNAME = 5
const VALUE = 30
/** Of the line above the title: what disturbs people is red, all else grey. */
const colours = perSeverity(({ urgent }) => (urgent ? 2 : 0))

const MOST_ROWS = 6
/** Of a key, without what the button does. */
const TOKEN_BYTES = 1_024 - 'acknowledge:'.length

/** The body of a template card with a button for each of `cardActs`; undefined for what has nothing to acknowledge. */
export function cardOf(message: Message, now: Instant): ({ task_id: string } & Record<string, unknown>) | undefined {
  const { links, language, notice } = message
  const { token } = links
  const composition = compose(message)
  if (token === undefined || !isToBeTaken(message) || bytes(token) > TOKEN_BYTES) return undefined
  const [first = '', ...lines] = linesOf(composition)
  const rows = composition.links.slice(0, MOST_ROWS).map(({ text, href }) => ({
    type: 1,
    keyname: oneLine(text, KEYNAME),
    value: oneLine(URL.canParse(href) ? new URL(href).host : href, VALUE),
    url: href,
  }))
  const page = links.detail ?? links.acknowledge
  return {
    card_type: 'button_interaction',
    source: { desc: '烽火', desc_color: colours[notice.severity] },
    main_title: { title: cutCharacters(composition.title, TITLE), desc: cutCharacters(first, DESCRIPTION) },
    ...(lines.length > 0 && { sub_title_text: cutCharacters(lines.join('\n'), SUBTITLE) }),
    ...(rows.length > 0 && { horizontal_content_list: rows }),
    ...(page !== undefined && { card_action: { type: 1, url: page } }),
    // Never used again in the application, so that it is made of the time, too.
    task_id: createHash('sha256')
      .update(JSON.stringify([notice.incident, notice.kind, notice.at, now]))
      .digest('hex'),
    button_list: cardActs.map((act, index) => ({
      type: 0,
      text: buttonText[language][act],
      style: index === 0 ? 1 : 2,
      key: `${act}:${token}`,
    })),
  }
}

/** What a button's key says: what it does, and whose link it carries. */
export function pressedIn(key: string): { act: CardAct; token: string } {
  const act = cardActs.find((one) => key.startsWith(`${one}:`))
  return act === undefined ? { act: 'acknowledge', token: key } : { act, token: key.slice(act.length + 1) }
}

function linesOf({ lines }: Composition): string[] {
  return lines.map(({ spans }) => spans.map(({ text }) => text).join(''))
}
