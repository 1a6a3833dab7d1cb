import { spaced } from '../contracts/spaced.ts'
import type { Language } from '../contracts/words.ts'
import type { Incident } from '../incidents/incident.ts'
import { missingOf } from '../incidents/needed.ts'
import type { Missing } from '../incidents/notice.ts'
import type { Line } from './composition.ts'
import type { Message } from './message.ts'
import { words } from './words.ts'

interface NeededWords {
  wantsPeople: (count: number) => string
  wantsRoles: (roles: string) => string
  taken: (names: string) => string
  missingPeople: (count: number) => string
  missingRoles: (roles: string) => string
}

const say: Record<Language, NeededWords> = {
  zh: {
    wantsPeople: (count) => `需 ${count} 人认领`,
    wantsRoles: (roles) => spaced`${roles}须各有一人认领`,
    taken: (names) => spaced`${names}已认领`,
    missingPeople: (count) => `还差 ${count} 人`,
    missingRoles: (roles) => spaced`还差${roles}`,
  },
  en: {
    wantsPeople: (count) => `${count} people have to take it`,
    wantsRoles: (roles) => `Somebody of each has to take it: ${roles}`,
    taken: (names) => `Taken by ${names}`,
    missingPeople: (count) => `${count} more needed`,
    missingRoles: (roles) => `still needed: ${roles}`,
  },
}

/** Who is still to take it: `还差 dba`. */
export function missingText(missing: Missing, language: Language): string {
  const { missingPeople, missingRoles } = say[language]
  return 'count' in missing ? missingPeople(missing.count) : missingRoles(missing.roles.join(words[language].list))
}

/** Who has taken what others have to take, too: `林悦已认领，还差 dba`; undefined: nobody yet, or one is enough. */
export function partlyText(incident: Pick<Incident, 'takers' | 'escalation'>, language: Language): string | undefined {
  const { takers = [], escalation } = incident
  const missing = escalation.needs === undefined ? undefined : missingOf(escalation.needs, takers)
  if (missing === undefined || takers.length === 0) return undefined
  const names = takers.flatMap(({ by }) => by?.name ?? []).join(words[language].list)
  return [say[language].taken(names), missingText(missing, language)].join(words[language].comma)
}

/** Who has to take it, where one is not enough: who has, and who is missing. */
export function neededLines({ notice: { needed }, language }: Message): Line[] {
  if (needed === undefined) return []
  const { needs, takers, missing } = needed
  const { list, comma } = words[language]
  const { wantsPeople, wantsRoles, taken } = say[language]
  const names = takers.flatMap(({ by }) => by?.name ?? [])
  const wanted =
    'count' in needs ? wantsPeople(needs.count) : wantsRoles(needs.roles.map(({ name }) => name).join(list))
  const parts =
    names.length === 0 ? [wanted] : [taken(names.join(list)), ...(missing ? [missingText(missing, language)] : [])]
  return [{ spans: [{ text: parts.join(comma) }], keep: true }]
}
