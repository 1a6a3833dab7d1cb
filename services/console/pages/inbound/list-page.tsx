import { inboundPageWords } from '../../../../shared/messages/console/inbound.ts'
import { duration } from '../../../../shared/messages/times.ts'
import type { Seen } from '../../../../shared/store/inbound.ts'
import { inboundGuides } from '../../inbound-guides.data.ts'
import type { InboundGuide } from '../../try-inbound.ts'
import type { View } from '../../view.ts'
import { Layout } from '../layout.tsx'

/** A project as its senders see it. */
export interface Receiver {
  name: string
  title: string
  /** When each format was last heard of, by its name. */
  seen: Record<string, Seen>
}

/** Of each project: what was heard of, and the way to the rest. */
export function ReceiversPage({ view, projects }: { view: View; projects: Receiver[] }) {
  const say = inboundPageWords[view.language]
  return (
    <Layout view={view} title={say.title}>
      <h1>{say.title}</h1>
      <p class="quiet">{projects.length === 0 ? say.noProjects : say.how}</p>
      <div class="cards">
        {projects.map((project) => {
          const heard = heardIn(project)
          return (
            <section class="card" aria-labelledby={`project-${project.name}`}>
              <h2 id={`project-${project.name}`} dir="auto">
                {project.title}
              </h2>
              {heard.length === 0 && <p class="quiet">{say.never}</p>}
              <Formats view={view} project={project} shown={heard} />
              <p>
                <a href={`/inbound/${project.name}`}>{say.formats(inboundGuides.length)}</a>
              </p>
            </section>
          )
        })}
      </div>
    </Layout>
  )
}

/** All formats of a project, those first that were heard of. */
export function ReceiverPage({ view, project }: { view: View; project: Receiver }) {
  const say = inboundPageWords[view.language]
  const heard = heardIn(project)
  const others = inboundGuides.filter(({ format }) => !heard.some((one) => one.format === format))
  return (
    <Layout view={view} title={`${say.title} · ${project.title}`}>
      <h1 dir="auto">
        {say.title} · {project.title}
      </h1>
      <p class="quiet">{say.how}</p>
      {heard.length > 0 && (
        <section class="card" aria-labelledby="heard">
          <h2 id="heard">{say.heardOf}</h2>
          <Formats view={view} project={project} shown={heard} />
        </section>
      )}
      <section class="card" aria-labelledby="others">
        <h2 id="others">{say.others}</h2>
        <Formats view={view} project={project} shown={others} />
      </section>
    </Layout>
  )
}

function Formats({ view, project, shown }: { view: View; project: Receiver; shown: InboundGuide[] }) {
  if (shown.length === 0) return null
  return (
    <ul class="list">
      {shown.map(({ format, title }) => (
        <li>
          <a href={`/inbound/${project.name}/${format}`}>{title[view.language]}</a>
          <span class="quiet">{seenText(view, project.seen[format])}</span>
        </li>
      ))}
    </ul>
  )
}

/** When a format was last heard of, in words; empty where it never was. */
export function seenText({ language, now }: View, seen: Seen | undefined): string {
  if (seen === undefined) return ''
  return inboundPageWords[language].lastSeen(duration(Math.max(0, now - seen.at), language), seen.alerts)
}

/** The formats that were heard of, the latest first. */
function heardIn({ seen }: Receiver): InboundGuide[] {
  const at = ({ format }: InboundGuide) => seen[format]?.at ?? 0
  return inboundGuides.filter(({ format }) => Object.hasOwn(seen, format)).toSorted((one, other) => at(other) - at(one))
}
