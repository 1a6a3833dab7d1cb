import { impacts, POST_CHARACTERS, postStates } from '../../../shared/contracts/status-page.ts'
import type { Language } from '../../../shared/contracts/words.ts'
import type { ToldOnPage } from '../../../shared/engine/status/view-told.ts'
import { outsidersWords } from '../../../shared/messages/outsiders.ts'
import { textOf } from '../../../shared/messages/status/said.ts'
import { statusWords } from '../../../shared/messages/status/words.ts'
import { words } from '../../../shared/messages/words.ts'
import type { View } from '../view.ts'
import { pathOf } from './actions.tsx'
import { Layout, type Notice, Time } from './layout.tsx'
import { type Incident, titleFor } from './pieces.tsx'

interface OutsidersProps {
  view: View
  incident: Incident
  told: ToldOnPage[]
  notice?: Notice | undefined
  /** What somebody wrote that was not taken. */
  written?: Record<string, string>
}

/** What outsiders were told of an incident, and a form to tell them more. */
export function OutsidersPage({ view, incident, told, notice, written }: OutsidersProps) {
  const say = outsidersWords[view.language]
  return (
    <Layout view={view} title={say.title} notice={notice} asks>
      <h1>{say.title}</h1>
      <p dir="auto">
        <a href={pathOf(incident)}>{say.back(incident.number)}</a> {titleFor(view, incident)}
      </p>
      {told.length === 0 ? (
        <p>{say.nowhere}</p>
      ) : (
        <>
          {view.mayAct(incident.project) && (
            <Form view={view} incident={incident} told={told} written={written ?? {}} />
          )}
          {told.map((page) => (
            <Page view={view} page={page} />
          ))}
        </>
      )}
    </Layout>
  )
}

function Form({ view, incident, told, written }: Required<Omit<OutsidersProps, 'notice'>>) {
  const say = outsidersWords[view.language]
  const shown = statusWords[view.language]
  const path = `${pathOf(incident)}/outsiders`
  const languages: Language[] = [...new Set(told.flatMap((page) => page.languages))]
  const last = told.find((page) => page.told !== undefined)?.told
  return (
    <form method="post" action={path} class="card note">
      <p class="quiet">{say.how}</p>
      <input type="hidden" name="t" value={view.token(path)} />
      {languages.map((language) => (
        <>
          <label for={language}>{say.text[language]}</label>
          <textarea name={language} id={language} rows={3} maxlength={POST_CHARACTERS} dir="auto">
            {written[language]}
          </textarea>
        </>
      ))}
      <Choice
        name="state"
        label={say.state}
        choices={postStates.map((one) => [one, shown.post[one]])}
        chosen={written.state || last?.state}
      />
      <Choice
        name="impact"
        label={say.impact}
        choices={impacts.map((one) => [one, shown.state[one]])}
        chosen={written.impact || (last?.impact ?? (incident.state === 'degraded' ? 'degraded' : 'partial'))}
      />
      <button type="submit">{say.send}</button>
    </form>
  )
}

function Choice(props: { name: string; label: string; choices: [string, string][]; chosen: string | undefined }) {
  const { name, label, choices, chosen } = props
  return (
    <>
      <label for={name}>{label}</label>
      <select name={name} id={name}>
        {choices.map(([value, text]) => (
          <option value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </>
  )
}

function Page({ view, page: { slug, told } }: { view: View; page: ToldOnPage }) {
  const say = outsidersWords[view.language]
  return (
    <section class="card" aria-labelledby={`told-${slug}`}>
      <h2 id={`told-${slug}`}>
        {say.told}
        {words[view.language].colon}
        <a href={`/status/${slug}`}>/status/{slug}</a>
      </h2>
      {told === undefined ? (
        <p class="quiet">{say.none}</p>
      ) : (
        <ul class="list plain">
          {told.posts.map((post) => (
            <li>
              <b>{statusWords[view.language].post[post.state]}</b> <Time view={view} at={post.at} />{' '}
              <span dir="auto">{textOf(post, told, view.language)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
