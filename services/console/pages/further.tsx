import { LONGEST_SNOOZE_MS, SHORTEST_SNOOZE_MS } from '../../../shared/contracts/snooze.ts'
import { consoleActingWords } from '../../../shared/messages/console/acting.ts'
import { words } from '../../../shared/messages/words.ts'
import type { View } from '../view.ts'
import { Hidden, type People, pathOf } from './actions.tsx'
import type { Incident } from './pieces.tsx'

/** What is seldom done to an incident, and wants more than a press: another layer or policy, a time, another incident. */
export function FurtherActions({ view, incident, people }: { view: View; incident: Incident; people: People }) {
  const say = consoleActingWords[view.language]
  const { number, mergedInto } = incident
  const layers = layersOf(incident, people)
  const policies = Object.keys(people.policies)
  const ask = { view, incident }
  return (
    <div class="further">
      {layers.length > 1 && (
        <Ask {...ask} label={say.layer} field="layer" press="escalate-layer" text={say.fromLayer}>
          <select name="layer" id={`layer-${number}`}>
            {layers.map((pages, index) => (
              <option value={index}>{say.layerOf(index + 1, pages.join(words[view.language].list))}</option>
            ))}
          </select>
        </Ask>
      )}
      {policies.length > 1 && (
        <Ask {...ask} label={say.policy} field="policy" press="hand-over-policy" text={say.handOver}>
          <select name="policy" id={`policy-${number}`}>
            {policies.map((name) => (
              <option value={name}>{name}</option>
            ))}
          </select>
        </Ask>
      )}
      <Ask {...ask} label={say.until} field="until" press="snooze-until" text={say.snooze}>
        <input
          type="datetime-local"
          name="until"
          id={`until-${number}`}
          min={clockOf(view, view.now + SHORTEST_SNOOZE_MS)}
          max={clockOf(view, view.now + LONGEST_SNOOZE_MS)}
          required
        />
      </Ask>
      <Ask {...ask} label={say.mergeInto} field="into" press="merge" text={say.merge}>
        <input type="text" inputmode="numeric" pattern="#?[0-9]{1,9}" name="into" id={`into-${number}`} required />
      </Ask>
      {mergedInto !== undefined && (
        <form method="post" action={pathOf(incident)}>
          <Hidden view={view} incident={incident} back={pathOf(incident)} />
          <button type="submit" name="do" value="split">
            {say.split(mergedInto.number)}
          </button>
        </form>
      )}
    </div>
  )
}

/** One question with its button. */
function Ask(props: {
  view: View
  incident: Incident
  label: string
  field: string
  press: string
  text: string
  children: unknown
}) {
  const { view, incident, label, field, press, text, children } = props
  return (
    <form method="post" action={pathOf(incident)} class="hand-over">
      <Hidden view={view} incident={incident} back={pathOf(incident)} />
      <label for={`${field}-${incident.number}`}>{label}</label>
      {children}
      <button type="submit" name="do" value={press}>
        {text}
      </button>
    </form>
  )
}

/** Whom each layer pages of the policy that it follows, or would begin by. */
function layersOf({ escalation, handedTo, handedToPolicy }: Incident, { policies }: People): string[][] {
  if (escalation.policy !== undefined) return escalation.policy.layers.map(({ page }) => page)
  const [usual = []] = Object.values(policies)
  const layers = policies[handedToPolicy ?? ''] ?? usual
  return handedTo === undefined ? layers : [handedTo, ...layers]
}

/** A time as such a field has it: by the clock of whoever looks. */
function clockOf({ timezone }: View, at: number): string {
  return new Intl.DateTimeFormat('sv', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' })
    .format(at)
    .replace(' ', 'T')
}
