import type { View } from '../view.ts'
import { Hidden, pathOf } from './actions.tsx'
import { type Incident, titleFor } from './pieces.tsx'

/** More, and what happened comes only after much scrolling: a storm has thousands. */
const SHOWN = 5

/** What began in its project at the same time, to be taken by one press. `together`: at least one. */
export function Together({ view, incident, together }: { view: View; incident: Incident; together: Incident[] }) {
  const { say } = view
  const all = [incident, ...together]
  const left = together.length - SHOWN
  return (
    <section class="card" aria-labelledby="together">
      <h2 id="together">{say.together(together.length)}</h2>
      <ul class="list plain">
        {together.slice(0, SHOWN).map((other) => (
          <li>
            <a href={pathOf(other)} dir="auto">
              {titleFor(view, other)}
            </a>{' '}
            <span class="number">#{other.number}</span>
          </li>
        ))}
        {left > 0 && (
          <li>
            <a href="/">{say.left(left)}</a>
          </li>
        )}
      </ul>
      {view.mayAct(incident.project) && (
        <form method="post" action={pathOf(incident)}>
          <Hidden view={view} incident={incident} back={pathOf(incident)} />
          {all.map(({ number }) => (
            <input type="hidden" name="all" value={number} />
          ))}
          <button type="submit" name="do" value="take-all">
            {say.takeAll(all.length)}
          </button>
        </form>
      )}
    </section>
  )
}
