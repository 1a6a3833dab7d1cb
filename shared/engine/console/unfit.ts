import { projectsOf } from '../../contracts/matcher.ts'
import type { Language } from '../../contracts/words.ts'
import type { Incident } from '../../incidents/incident.ts'
import { escalatedAs } from '../../incidents/severity.ts'
import { consoleActingWords } from '../../messages/console/acting.ts'
import { words } from '../../messages/words.ts'
import type { PlanSources } from '../../oncall/plans.ts'
import { readSilence } from '../../store/silences.ts'
import type { EngineIo } from '../io.ts'
import { type Action, silenceOf } from './action.ts'
import { mergeableInto, type Unmergeable } from './mergeable.ts'

/** Why something cannot be done to an incident, whoever asks for it. */
export type Unfit =
  | { code: 'layer'; layers: number }
  | { code: 'policy'; name: string; among: string[] }
  | { code: 'reaches-nobody'; name: string }
  | { code: 'unmerged' | 'silence-of-others' }
  | Unmergeable

/** By what it is looked at; `mayAct`: whether whoever asks may act in a project, or without one in all. */
interface Looking extends Pick<PlanSources, 'config' | 'directory'> {
  mayAct(project?: string): boolean
  io: EngineIo
}

/** Looks whether what is asked for can be done: a layer, a policy or another incident may be none. Rejects when a table does. */
export async function unfitFor(
  action: Action,
  incident: Incident,
  { mayAct, io, ...people }: Looking,
): Promise<Unfit | undefined> {
  const { project, mergedInto } = incident
  switch (action.do) {
    case 'escalate': {
      return behindLast(action.layer, incident.escalation.layers)
    }
    case 'hand-over': {
      const { policy: name, layer } = action
      if (name === undefined) return behindLast(layer, incident.escalation.layers)
      // Rotations and calendars are loaded for whoever asks for a policy.
      const { whyNotHanded } = await import('../../oncall/hand-over.ts')
      const planning = { ...people, phoneHashOf: () => '' }
      const why = await whyNotHanded(name, { project, severity: escalatedAs(incident) }, planning, io.now())
      if (why?.code === 'unlisted') return { code: 'policy', name, among: why.among }
      return why ? { code: why.code, name } : behindLast(layer, people.config.policies[name]?.layers.length)
    }
    case 'merge': {
      const found = await mergeableInto(action.into, incident, io, mayAct)
      return 'why' in found ? found.why : undefined
    }
    case 'end-silence':
      return (await isOfOthers(incident, mayAct, io)) ? { code: 'silence-of-others' } : undefined
    case 'split':
      return mergedInto === undefined ? { code: 'unmerged' } : undefined
    default:
      return undefined
  }
}

/** What keeps it quiet may keep other projects quiet, too. */
async function isOfOthers(incident: Incident, mayAct: Looking['mayAct'], io: EngineIo): Promise<boolean> {
  const id = silenceOf(incident)
  const silence = id === undefined ? undefined : await readSilence(id, io)
  if (silence === undefined) return false
  return !(projectsOf(silence.matchers)?.every((project) => mayAct(project)) ?? mayAct())
}

/** A layer behind the last is none. Until the first begins nobody knows how many there are. */
function behindLast(layer: number | undefined, layers: number | undefined): Unfit | undefined {
  return layer !== undefined && layers !== undefined && layer >= layers ? { code: 'layer', layers } : undefined
}

/** The sentence for it. */
export function unfitText(unfit: Unfit, language: Language): string {
  const say = consoleActingWords[language].refused
  switch (unfit.code) {
    case 'layer':
      return say.layer(unfit.layers)
    case 'policy':
      return say.policy(unfit.name, unfit.among.join(words[language].list))
    case 'reaches-nobody':
      return say['reaches-nobody'](unfit.name)
    case 'member':
      return say.member(unfit.number, unfit.into)
    case 'unknown':
    case 'over':
      return say[unfit.code](unfit.number)
    case 'itself':
    case 'silence-of-others':
    case 'unmerged':
      return say[unfit.code]
  }
}
