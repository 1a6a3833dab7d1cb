import type { SilenceView } from '../../../shared/engine/console/silences.ts'
import type { MaintenanceView } from '../../../shared/engine/console/view-maintenance.ts'
import { maintenanceWord, maintenanceWords } from '../../../shared/messages/console/maintenance.ts'
import type { View } from '../view.ts'
import { pathOf } from './actions.tsx'
import { Countdown, Layout, type Notice, Time } from './layout.tsx'

/** What keeps people from being paged now, for how long, and who wanted that. */
export function SilencesPage(props: {
  view: View
  silences: SilenceView[]
  /** Those of the configuration. */
  windows: MaintenanceView[]
  notice?: Notice | undefined
}) {
  const { view, silences, windows, notice } = props
  const { say } = view
  const isNone = silences.every(({ state }) => state === 'over') && windows.every(({ state }) => state !== 'now')
  return (
    <Layout view={view} title={say.pages.silences} notice={notice}>
      <h1>{say.pages.silences}</h1>
      {isNone && <p>{say.silences.none}</p>}
      <p class="quiet">{say.silences.how}</p>
      <div class="cards">
        {silences.map((silence) => (
          <Silence view={view} silence={silence} />
        ))}
      </div>
      {windows.length > 0 && <Windows view={view} windows={windows} />}
    </Layout>
  )
}

function Silence({ view, silence }: { view: View; silence: SilenceView }) {
  const { say } = view
  const { id, matchers, startsAt, endsAt, by, comment, link, state, quiet, isEverything, maintenance } = silence
  const path = `/silences/${id}`
  return (
    <article class={`card silence ${state}`} aria-labelledby={`silence-${id}`}>
      <p class="words">
        <span class={state === 'now' ? 'word warning' : 'word'}>{say.silences.state[state]}</span>{' '}
        {maintenance && <span class="word">{maintenanceWord[view.language]}</span>}{' '}
        {isEverything && <span class="word critical">{say.silences.everything}</span>}
      </p>
      <h2 id={`silence-${id}`} dir="auto">
        {comment}
      </h2>
      {matchers.map((group) => (
        <p>
          <code dir="auto">{group.join(' ')}</code>
        </p>
      ))}
      <p class="since" dir="auto">
        <Time view={view} at={startsAt} /> – <Time view={view} at={endsAt} />{' '}
        {state === 'now' && <Countdown at={endsAt} />} {say.silences.by(by)}
      </p>
      {link !== undefined && /^https?:\/\//.test(link) && (
        <p>
          <a href={link} rel="noreferrer noopener">
            {link}
          </a>
        </p>
      )}
      {quiet.length > 0 && (
        <p class="standing">
          {say.silences.quiet}{' '}
          {quiet.map((number) => (
            <>
              <a href={pathOf({ number })}>#{number}</a>{' '}
            </>
          ))}
        </p>
      )}
      {state !== 'over' && (
        <form method="post" action={path}>
          <input type="hidden" name="t" value={view.token(path)} />
          <button type="submit">{maintenance ? maintenanceWords[view.language].end : say.endSilence}</button>
        </form>
      )}
    </article>
  )
}

function Windows({ view, windows }: { view: View; windows: MaintenanceView[] }) {
  const say = maintenanceWords[view.language]
  return (
    <section class="windows" aria-labelledby="windows">
      <h2 id="windows">{say.configured}</h2>
      <p class="quiet">{say.how}</p>
      <div class="cards">
        {windows.map((window) => (
          <Window view={view} window={window} />
        ))}
      </div>
    </section>
  )
}

function Window({ view, window }: { view: View; window: MaintenanceView }) {
  const { name, matchers, during, timezone, state, startsAt, endsAt } = window
  return (
    <article class={`card silence ${state}`} aria-labelledby={`window-${name}`}>
      <p class="words">
        <span class={state === 'now' ? 'word warning' : 'word'}>{view.say.silences.state[state]}</span>
      </p>
      <h3 id={`window-${name}`} dir="auto">
        {name}
      </h3>
      {matchers.map((group) => (
        <p>
          <code dir="auto">{group.join(' ')}</code>
        </p>
      ))}
      {during && (
        <p dir="auto">
          {during.join(', ')} ({timezone})
        </p>
      )}
      {endsAt !== undefined && (
        <p class="since" dir="auto">
          {startsAt === undefined ? (
            maintenanceWords[view.language].until
          ) : (
            <>
              <Time view={view} at={startsAt} /> –
            </>
          )}{' '}
          <Time view={view} at={endsAt} /> {state === 'now' && <Countdown at={endsAt} />}
        </p>
      )}
    </article>
  )
}
