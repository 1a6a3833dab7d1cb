import type { Child } from 'hono/jsx'

/** A text as guides have it, in Markdown: paragraphs, lists, tables and code, which can be copied; emphasis and code within a line. */
export function Prose({ text, copy }: { text: string; copy: string }) {
  const parts = text.split(/^```\w*\n([\s\S]*?)\n```$/m)
  return (
    <div class="prose">
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          <Copyable text={part} copy={copy} />
        ) : (
          part
            .split(/\n{2,}/)
            .filter((block) => block.trim() !== '')
            .map((block) => <Block text={block.trim()} />)
        ),
      )}
    </div>
  )
}

/** A text that is copied as a whole: by its button where there is a script, else by hand. */
export function Copyable({ text, copy }: { text: string; copy: string }) {
  return (
    <div class="copyable">
      {/* It scrolls by itself, and so has to be reached without a mouse, too. */}
      <pre tabindex={0}>{text}</pre>
      <button type="button" data-copy={text} hidden>
        {copy}
      </button>
    </div>
  )
}

function Block({ text }: { text: string }) {
  const lines = text.split('\n')
  if (lines.length > 2 && lines.every((line) => line.startsWith('|'))) return <Rows lines={lines} />
  const items = text.split(/^(?:-|\d+\.) +/m)
  if (items.length < 2) return <p>{inline(text)}</p>
  const [before = '', ...rest] = items
  const List = /^\d/m.test(text.slice(before.length, before.length + 1)) ? 'ol' : 'ul'
  return (
    <>
      {before.trim() && <p>{inline(before)}</p>}
      <List>
        {rest.map((item) => (
          <li>{inline(item)}</li>
        ))}
      </List>
    </>
  )
}

function Rows({ lines }: { lines: string[] }) {
  const [head = [], , ...rows] = lines.map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
  return (
    <div class="scroll" tabindex={0}>
      <table>
        <tr>
          {head.map((cell) => (
            <th scope="col">{inline(cell)}</th>
          ))}
        </tr>
        {rows.map((cells) => (
          <tr>
            {cells.map((cell) => (
              <td>{inline(cell)}</td>
            ))}
          </tr>
        ))}
      </table>
    </div>
  )
}

/** Code, emphasis and links of a line. Where a link leads into the documents there is no link: they are not here. */
function inline(text: string): Child[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*|\[[^\]]+\]\([^)]+\))/).map((part) => {
    if (part.startsWith('`') && part.length > 1) return <code>{part.slice(1, -1)}</code>
    if (part.startsWith('**') && part.length > 4) return <b>{part.slice(2, -2)}</b>
    if (part.startsWith('*') && part.length > 2) return <i>{part.slice(1, -1)}</i>
    const [, label, href] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part) ?? []
    if (label === undefined || href === undefined) return part
    return /^https?:\/\//.test(href) ? (
      <a href={href} rel="noreferrer noopener">
        {label}
      </a>
    ) : (
      label
    )
  })
}
