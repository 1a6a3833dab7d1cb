import type { Found } from '../../shared/channels/diagnoses/finding.ts'
import type { CompiledProject } from '../../shared/contracts/compiled-config.ts'
import { routeFor } from '../../shared/contracts/route-for.ts'
import { asWritten, type Bilingual, inBoth, severities } from '../../shared/contracts/words.ts'
import { factIn } from '../../shared/messages/facts.ts'
import { callingCode } from '../../shared/oncall/calling-code.ts'
import { numbersOf } from '../../shared/oncall/numbers.ts'
import { planFor } from '../../shared/oncall/plans.ts'
import { found } from '../words/findings/people.ts'
import type { Area } from './finding.ts'
import { type Patient, routesOf } from './patient.ts'

const routesIn: Record<'phone' | 'sms', Bilingual> = {
  phone: { en: 'phone routes', zh: '电话线路' },
  sms: { en: 'sms routes', zh: '短信线路' },
}

/** Everybody whom a policy pages can be reached, by the people in the contacts table. */
export const people: Area = {
  name: 'people',
  examinations(patient) {
    const projects = Object.values(patient.config.projects)
    return [
      { subject: { en: 'projects', zh: '项目' }, ask: () => allProjects(projects, patient) },
      ...(['phone', 'sms'] as const)
        .filter((channel) => routesOf(channel, patient).length > 0)
        .map((channel) => ({ subject: routesIn[channel], ask: () => routed(channel, patient) })),
    ]
  },
}

/** What is wrong, with the projects that it is wrong for; what is fine in one line. */
async function allProjects(projects: CompiledProject[], patient: Patient): Promise<Found[]> {
  const each = await Promise.all(
    projects.map(async (project) => ({ name: project.name, found: await oneProject(project, patient) })),
  )
  const fine = each.filter(({ found }) => found === undefined).length
  // One policy often serves many projects.
  const wrong = Map.groupBy(
    each.flatMap(({ name, found }) => (found === undefined ? [] : [{ name, found }])),
    ({ found }) => JSON.stringify(found),
  )
  const told = [...wrong.values()].flatMap((same) => {
    const subject = asWritten(same.map(({ name }) => name).join(', '))
    return same.slice(0, 1).map(({ found }): Found => ({ ...found, subject }))
  })
  return fine === 0 ? told : [found('reached', fine), ...told]
}

async function oneProject({ name }: CompiledProject, patient: Patient): Promise<Found | undefined> {
  const row = await patient.people(name)
  if (row === undefined) return found('nobody-applied', patient.stage)
  const directory = async (project: string) => (await patient.people(project))?.directory
  const planning = { config: patient.config, directory, phoneHashOf: () => '' }
  const plans = await Promise.all(severities.map((one) => planFor(name, one, patient.now(), planning)))
  const paging = plans.filter(({ pages }) => pages)
  const notes = paging
    .flatMap(({ layers }) => layers.flatMap(({ notes }) => notes))
    .filter(({ code }) => code !== 'not-for-severity')
  const problems = distinct([...row.problems, ...notes.map((note) => inBoth((language) => factIn(language, note)))])
  if (paging.some(({ layers }) => layers.every(({ targets }) => targets.length === 0)))
    return found('nobody-paged', problems, patient.stage)
  return problems.length === 0 ? undefined : found('problems', problems, patient.stage)
}

function distinct(problems: Bilingual[]): Bilingual[] {
  return [...new Map(problems.map((problem) => [problem.en, problem])).values()]
}

/** Numbers that no route's prefix fits. */
async function routed(channel: 'phone' | 'sms', patient: Patient): Promise<Found> {
  const routes = routesOf(channel, patient)
  const phones = await phonesOf(patient)
  const without = phones.filter((phone) => routeFor(routes, phone).length === 0)
  if (without.length === 0) return found('all-routed', phones.length)
  return found('no-route', without.length, [...new Set(without.map(callingCode))], channel)
}

/** The different phone numbers of everybody in the contacts table. */
export async function phonesOf(patient: Patient): Promise<string[]> {
  const rows = await Promise.all(Object.keys(patient.config.projects).map((name) => patient.people(name)))
  const contacts = rows.flatMap((row) => Object.values(row?.directory.contacts ?? {}))
  return [...new Set(contacts.flatMap(numbersOf))]
}
