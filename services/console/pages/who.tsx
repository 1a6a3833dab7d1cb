import type { View } from '../view.ts'
import { Layout } from './layout.tsx'

/** Asks who somebody is who has pressed something; their name carries it out. `fields` are those of the form that they sent. */
export function WhoPage(props: {
  view: View
  action: string
  fields: [string, string][]
  contacts: Record<string, string>
}) {
  const { view, action, fields, contacts } = props
  return (
    <Layout view={view} title={view.say.who} asks>
      <section class="card alone">
        <h1>{view.say.who}</h1>
        <p>{view.say.whoAsked}</p>
        <form method="post" action={action} class="who">
          {fields.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          {Object.entries(contacts).map(([id, name]) => (
            <button type="submit" name="contact" value={id} dir="auto">
              {name}
            </button>
          ))}
        </form>
        <p>
          <a href="/">{view.say.back}</a>
        </p>
      </section>
    </Layout>
  )
}
