import { type Found, fault, ok, warning } from '../../shared/channels/finding.ts'
import { routeFor } from '../../shared/channels/references.ts'
import type { CompiledProject } from '../../shared/contracts/compiled-config.ts'
import { severities } from '../../shared/contracts/words.ts'
import { factIn } from '../../shared/messages/facts.ts'
import { callingCode } from '../../shared/oncall/calling-code.ts'
import { planFor } from '../../shared/oncall/plans.ts'
import { several } from '../words/counts.ts'
import type { Area } from './finding.ts'
import { type Patient, routesOf } from './patient.ts'

/** Everybody whom a policy pages can be reached, by the people in the contacts table. */
export const people: Area = {
  name: 'people',
  examinations(patient) {
    const projects = Object.values(patient.config.projects)
    return [
      { subject: 'projects', look: () => allProjects(projects, patient) },
      ...(['phone', 'sms'] as const)
        .filter((channel) => routesOf(channel, patient).length > 0)
        .map((channel) => ({ subject: `${channel} routes`, look: () => routed(channel, patient) })),
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
    ({ found }) => `${found.status} ${found.detail}`,
  )
  const told = [...wrong.values()].flatMap((same) => {
    const subject = same.map(({ name }) => name).join(', ')
    return same.slice(0, 1).map(({ found }): Found => ({ ...found, subject }))
  })
  return fine === 0
    ? told
    : [
        ok({
          en: `${several(fine, 'project', 'en')}: all can be reached`,
          zh: `${several(fine, 'project', 'zh')}：都能找到人`,
        }),
        ...told,
      ]
}

async function oneProject({ name }: CompiledProject, patient: Patient): Promise<Found | undefined> {
  const row = await patient.people(name)
  if (row === undefined)
    return fault({ en: 'nobody is applied: nobody is paged', zh: '没有写入任何人：不会呼叫任何人' }, applyWith(patient))
  const directory = async (project: string) => (await patient.people(project))?.directory
  const planning = { config: patient.config, directory, phoneHashOf: () => '' }
  const plans = await Promise.all(severities.map((one) => planFor(name, one, patient.now(), planning)))
  const paging = plans.filter(({ pages }) => pages)
  const notes = paging.flatMap(({ layers }) => layers.flatMap(({ notes }) => notes))
  const problems = new Set([...row.problems, ...notes.map((note) => factIn('en', note))])
  const said = [...problems].join('; ')
  const remedy = `put it right in oncall.yml, and ${applyWith(patient)}`
  if (paging.some(({ layers }) => layers.every(({ targets }) => targets.length === 0)))
    return fault(`nobody can be paged now: ${said || 'the policy names nobody'}`, remedy)
  return problems.size === 0 ? undefined : warning(said, remedy)
}

/** Numbers that no route's prefix fits. */
async function routed(channel: 'phone' | 'sms', patient: Patient): Promise<Found> {
  const routes = routesOf(channel, patient)
  const phones = await phonesOf(patient)
  const without = phones.filter((phone) => routeFor(routes, phone).length === 0)
  if (without.length === 0)
    return ok({
      en: `${several(phones.length, 'number', 'en')}: a route fits each`,
      zh: `${several(phones.length, 'number', 'zh')}：都有相符的线路`,
    })
  const codes = [...new Set(without.map(callingCode))].join(', ')
  return warning(
    {
      en: `no route for ${several(without.length, 'number', 'en')} beginning with ${codes}`,
      zh: `${codes} 开头的 ${several(without.length, 'number', 'zh')}没有线路`,
    },
    `add a route with to: "${callingCode(without[0] ?? '')}", or "+" for all, to channels.${channel}`,
  )
}

/** The different phone numbers of everybody in the contacts table. */
export async function phonesOf(patient: Patient): Promise<string[]> {
  const rows = await Promise.all(Object.keys(patient.config.projects).map((name) => patient.people(name)))
  const contacts = rows.flatMap((row) => Object.values(row?.directory.contacts ?? {}))
  return [...new Set(contacts.flatMap(({ phone }) => phone ?? []))]
}

function applyWith({ stage }: Patient): string {
  return stage === undefined ? 'bin/fenghuo.js apply' : `bin/fenghuo.js apply --stage ${stage}`
}
