import type { View } from '../view.ts'
import { Layout } from './layout.tsx'

/** A page that says one thing, and leads back. */
export function MessagePage({ view, text }: { view: View; text: string }) {
  return (
    <Layout view={view} title={text}>
      <section class="card alone">
        <h1>{text}</h1>
        <p>
          <a class="button" href="/">
            {view.say.back}
          </a>
        </p>
      </section>
    </Layout>
  )
}
