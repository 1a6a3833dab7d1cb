import { silentMs } from '../../../../shared/engine/console/silent-ms.ts'
import type { CheckView } from '../../../../shared/engine/console/view-check.ts'
import type { ChecksWords } from '../../../../shared/messages/console/checks.ts'
import { placeAndCarrier } from '../../../../shared/messages/places.ts'
import { duration, latency } from '../../../../shared/messages/times.ts'
import { words as messageWords } from '../../../../shared/messages/words.ts'
import type { View } from '../../view.ts'

/** What third parties' nodes see now: a row for each city, a column for each carrier. Nothing where no node says both. */
export function Matrix({ view, words, seen: { check, seen } }: { view: View; words: ChecksWords; seen: CheckView }) {
  const cells = seen.flatMap((one) => {
    const parts = placeAndCarrier(one.vantage, view.language)
    return parts === undefined ? [] : [{ ...parts, ...one }]
  })
  if (cells.length === 0) return null
  const carriers = [...new Set(cells.map(({ carrier }) => carrier))]
  const rows = Map.groupBy(cells, ({ place }) => place)
  return (
    <section class="card" aria-labelledby="matrix">
      <h2 id="matrix">{words.matrix}</h2>
      <section class="scroll" aria-label={words.city} tabindex={0}>
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">{words.city}</th>
              {carriers.map((carrier) => (
                <th scope="col">{carrier}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...rows].map(([place, own]) => (
              <tr>
                <th scope="row">{place}</th>
                {carriers.map((carrier) => (
                  <td>
                    {own
                      .filter((cell) => cell.carrier === carrier)
                      .map((cell) => (
                        <Cell view={view} words={words} seen={cell} silent={silentMs(cell, check, view.now)} />
                      ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

interface CellProps {
  view: View
  words: ChecksWords
  seen: CheckView['seen'][number]
  /** For how long nothing was seen, ms. */
  silent: number | undefined
}

function Cell({ view, words, seen: { outcomes, latencyMs }, silent }: CellProps) {
  if (silent !== undefined) return <span class="saw unknown">{words.silent(duration(silent, view.language))}</span>
  const outcome = outcomes.at(-1) ?? 'unknown'
  const text = outcome === 'up' && latencyMs > 0 ? latency(latencyMs) : messageWords[view.language].sees[outcome]
  return <span class={`saw ${outcome}`}>{text}</span>
}
