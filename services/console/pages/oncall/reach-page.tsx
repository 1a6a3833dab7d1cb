import { personalReaches } from '../../../../shared/contracts/reach.ts'
import type { ReachView } from '../../../../shared/engine/console/view-reach.ts'
import { onCallWords } from '../../../../shared/messages/console/oncall.ts'
import { words as messageWords } from '../../../../shared/messages/words.ts'
import type { View } from '../../view.ts'
import { Layout, Time } from '../layout.tsx'

/** When each channel of each person last proved to work. */
export function ReachPage({ view, people }: { view: View; people: ReachView[] }) {
  const words = onCallWords[view.language]
  const { reach } = messageWords[view.language]
  return (
    <Layout view={view} title={words.reach}>
      <h1>{words.reach}</h1>
      <p class="quiet">{words.reachAbout}</p>
      <section class="card scroll" aria-label={words.reach} tabindex={0}>
        <table class="reach">
          <thead>
            <tr>
              <th scope="col">{words.person}</th>
              {personalReaches.map((channel) => (
                <th scope="col">{reach[channel]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr>
                <th scope="row" dir="auto">
                  {person.name}
                </th>
                {personalReaches.map((channel) => (
                  <Cell view={view} found={person.channels.find((one) => one.channel === channel)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Layout>
  )
}

function Cell({ view, found }: { view: View; found: ReachView['channels'][number] | undefined }) {
  const words = onCallWords[view.language]
  if (found === undefined) return <td class="quiet">{words.without}</td>
  if (found.proven === undefined) return <td class={found.channel === 'phone' ? 'saw down' : 'quiet'}>{words.never}</td>
  return (
    <td>
      <Time view={view} at={found.proven.at} /> <span class="quiet">{words.proofs[found.proven.by]}</span>
    </td>
  )
}
