import type { Severity } from '../../../../shared/contracts/words.ts'
import { inboundPageWords } from '../../../../shared/messages/console/inbound.ts'
import { type InboundGuide, untried } from '../../try-inbound.ts'
import type { View } from '../../view.ts'
import { Layout, type Notice } from '../layout.tsx'
import { Copyable, Prose } from '../prose.tsx'
import { type Receiver, seenText } from './list-page.tsx'

export interface FormatProps {
  view: View
  project: Receiver & { severity: Severity; hasOptions: boolean }
  guide: InboundGuide
  /** Of the way in. */
  url: string
  /** Where this machine has one. */
  key: string | undefined
  notice?: Notice | undefined
}

/** A format as its sender is set up for a project: where to, how, whether it was heard of, and a test. */
export function FormatPage({ view, project, guide, url, key, notice }: FormatProps) {
  const say = inboundPageWords[view.language]
  const filled = (text: string) => text.replaceAll('{url}', url).replaceAll('{key}', key ?? '{key}')
  const title = guide.title[view.language]
  return (
    <Layout view={view} title={`${title} · ${project.title}`} notice={notice} asks={notice !== undefined}>
      <p class="quiet">
        <a href={`/inbound/${project.name}`} dir="auto">
          {say.title} · {project.title}
        </a>
      </p>
      <h1>{title}</h1>
      <p>{seenText(view, project.seen[guide.format]) || say.never}</p>
      <section class="card" aria-labelledby="address">
        <h2 id="address">{say.address}</h2>
        <Copyable text={filled(`{url}${guide.routes[0]}`)} copy={say.copy} />
        {key === undefined && <p class="quiet">{say.keyIs(project.name)}</p>}
        {project.hasOptions && <p class="quiet">{say.options}</p>}
      </section>
      <section class="card" aria-labelledby="setup">
        <h2 id="setup">{say.setup}</h2>
        <Prose text={filled(guide.setup[view.language])} copy={say.copy} />
      </section>
      <section class="card" aria-labelledby="test">
        <h2 id="test">{say.test}</h2>
        <Test view={view} project={project} guide={guide} hasKey={key !== undefined} />
      </section>
    </Layout>
  )
}

function Test(props: Pick<FormatProps, 'view' | 'project' | 'guide'> & { hasKey: boolean }) {
  const { view, project, guide, hasKey } = props
  const say = inboundPageWords[view.language]
  const why = untried(guide, project)
  if (why !== undefined) return <p>{say[why]}</p>
  if (!view.mayAct(project.name)) return <p>{say.testHow}</p>
  const path = `/inbound/${project.name}/${guide.format}`
  const wakes = guide.wakes[project.severity]
  return (
    <form method="post" action={path} class="fields" data-keep="">
      <p>{say.testHow}</p>
      <input type="hidden" name="t" value={view.token(path)} />
      {!hasKey && (
        <p>
          <label for="key">{say.testKey}</label>
          <input id="key" name="key" type="password" autocomplete="off" required aria-describedby="key-how" />
          <span id="key-how" class="quiet">
            {say.keyHow}
          </span>
        </p>
      )}
      {wakes !== undefined && (
        <p>
          {say.wakes(wakes)}{' '}
          <label>
            <input type="checkbox" name="sure" value="yes" required /> {say.sure}
          </label>
        </p>
      )}
      <button type="submit">{say.send}</button>
    </form>
  )
}
