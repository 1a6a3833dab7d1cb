import { signInLinkWords } from '../../../shared/messages/sign-in-link.ts'
import type { View } from '../view.ts'
import { Layout, type Notice } from './layout.tsx'

/** So long a name or an address is at most (RFC 5321, 4.5.3.1.3). */
const WHO_CHARACTERS = 254

interface AskProps {
  view: View
  back: string
  notice: Notice | undefined
  who: string | undefined
}

/** Asks somebody who they are, to send a link to them. */
export function AskLinkPage({ view, back, notice, who }: AskProps) {
  const say = signInLinkWords[view.language]
  const address = `/sign-in/link?back=${encodeURIComponent(back)}`
  return (
    <Layout view={{ ...view, address }} title={say.title} notice={notice} asks>
      <section class="card alone">
        <h1>{say.title}</h1>
        <p>{say.how}</p>
        <form method="post" action="/sign-in/link" class="fields">
          <input type="hidden" name="t" value={view.token('/sign-in/link')} />
          <input type="hidden" name="back" value={back} />
          <label>
            {say.who}{' '}
            <input name="who" value={who} maxlength={WHO_CHARACTERS} required autocomplete="username" dir="auto" />
          </label>
          <button type="submit" class="primary">
            {say.send}
          </button>
        </form>
      </section>
    </Layout>
  )
}

interface OpenProps {
  view: View
  link: string
  /** Whom it signs in, where that is known. */
  name?: string | undefined
  notice?: Notice
}

/** What a link opens: its button signs in. */
export function OpenLinkPage({ view, link, name, notice }: OpenProps) {
  const say = signInLinkWords[view.language]
  // Whoever reads in another language, or was too slow, still has the link.
  const address = `/sign-in/link/open?link=${encodeURIComponent(link)}`
  return (
    <Layout view={{ ...view, address }} title={say.title} notice={notice} asks>
      <section class="card alone">
        <h1>{say.title}</h1>
        <p>{say.opened}</p>
        {name !== undefined && <p dir="auto">{say.openedAs(name)}</p>}
        <form method="post" action="/sign-in/link/open">
          <input type="hidden" name="t" value={view.token('/sign-in/link/open')} />
          <input type="hidden" name="link" value={link} />
          <button type="submit" class="primary">
            {say.open}
          </button>
        </form>
      </section>
    </Layout>
  )
}
