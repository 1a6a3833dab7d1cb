import type { Bilingual } from '../../../shared/contracts/words.ts'
import { signInWords } from '../../../shared/messages/console/sign-in.ts'
import type { View } from '../view.ts'
import { Layout, type Notice } from './layout.tsx'

interface SignInProps {
  view: View
  /** Pages below this one, and what their buttons say. */
  ways: readonly { path: string; says: Bilingual }[]
  /** Where to go then. */
  back: string
  notice?: Notice | undefined
  /** What somebody wrote before their session ended. */
  written?: string | undefined
}

/** Asks somebody to sign in. It is a link: a form may not lead to another site. */
export function SignInPage({ view, ways, back, notice, written }: SignInProps) {
  const say = signInWords[view.language]
  return (
    <Layout view={view} title={say.title} notice={notice} asks>
      <section class="card alone">
        <h1>{say.title}</h1>
        <p>{say.how}</p>
        {written && (
          <p>
            <label for="written">{say.written}</label>
            <textarea id="written" rows={4} readonly dir="auto">
              {written}
            </textarea>
          </p>
        )}
        {ways.map(({ path, says }) => (
          <p>
            <a class="button" href={`/sign-in/${path}?back=${encodeURIComponent(back)}`}>
              {says[view.language]}
            </a>
          </p>
        ))}
      </section>
    </Layout>
  )
}
