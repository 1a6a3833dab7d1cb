import { Time } from '../../services/console/pages/layout.tsx'
import type { View } from '../../services/console/view.ts'
import type { SentMessage } from '../journal.ts'
import { markupLines, type Piece } from '../markup.ts'
import type { ChannelMode } from '../sandboxes.ts'
import { pageWords } from './words.ts'

/** So many of the newest are in sight; the others are a click away. */
const SHOWN = 5

/** What the sandboxes took, as whoever it was for would have read it, the newest first. */
export function Messages(props: { view: View; channels: ChannelMode[]; messages: SentMessage[] }) {
  const { view, channels, messages } = props
  const say = pageWords[view.language]
  const earlier = messages.slice(SHOWN)
  return (
    <section aria-labelledby="messages" class="messages">
      <h2 id="messages" class="title">
        {say.messages}
      </h2>
      <p class="words">
        {channels.map(({ title, mode }) => (
          <span class={mode === 'sandbox' ? 'word' : 'word warning'}>
            {title[view.language]} · {say.mode[mode]}
          </span>
        ))}
      </p>
      {messages.length === 0 && <p class="quiet">{say.noMessages}</p>}
      {messages.slice(0, SHOWN).map((message) => (
        <Message view={view} message={message} />
      ))}
      {earlier.length > 0 && (
        <details id="earlier">
          <summary>{say.earlier(earlier.length)}</summary>
          {earlier.map((message) => (
            <Message view={view} message={message} />
          ))}
        </details>
      )}
    </section>
  )
}

function Message({ view, message }: { view: View; message: SentMessage }) {
  const { id, at, title, to, text, format, refused } = message
  const say = pageWords[view.language]
  return (
    <article class={refused === undefined ? 'card message' : 'card message refused'} id={`message-${id}`}>
      <h3>
        {say.to(title[view.language], to)} <Time view={view} at={at} />
      </h3>
      <div class="text" dir="auto">
        {refused !== undefined ? say.refused(refused) : format === 'markdown' ? <Markup text={text} /> : text}
      </div>
    </article>
  )
}

function Markup({ text }: { text: string }) {
  return (
    <>
      {markupLines(text).map(({ is, pieces }) => {
        const inside = pieces.length === 0 ? '\u00a0' : pieces.map((piece) => <Part piece={piece} />)
        if (is === 'quote') return <blockquote>{inside}</blockquote>
        return <div>{is === 'head' ? <strong>{inside}</strong> : inside}</div>
      })}
    </>
  )
}

function Part({ piece: { text, colour, bold, href } }: { piece: Piece }) {
  if (href !== undefined)
    return (
      <a href={href} rel="noreferrer noopener">
        {text}
      </a>
    )
  if (bold) return <strong>{text}</strong>
  return <span class={colour}>{text}</span>
}
