import { withDependents } from '../../shared/config/with-dependents.ts'
import { OWN_PROJECT } from '../../shared/contracts/compiled-config.ts'
import { parseDuration } from '../../shared/contracts/duration.ts'
import type { Matchers } from '../../shared/contracts/matcher.ts'
import { LONGEST_SILENCE_MS } from '../../shared/contracts/silence.ts'
import { didYouMean } from '../../shared/contracts/suggest.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import { type ConfigOptions, readConfig } from '../configuration.ts'
import { consoleClient, pagesOf } from '../desk/console-client.ts'
import { consoleOf } from '../desk/place.ts'
import { CommandError } from '../failure.ts'
import type { CliIo } from '../io.ts'
import type { TargetOptions } from '../target.ts'
import { timeOption } from '../time-option.ts'
import { projectsWritten } from '../written-config.ts'
import { readMatchers } from './matching.ts'

/** What planned work is for. */
export interface Meant extends TargetOptions, ConfigOptions {
  check?: string[]
  project?: string[]
  dependents?: true
  yes?: true
}

/** When it is. */
export interface Planned {
  from?: string
  to?: string
  for?: string
}

/** The matchers that are meant. Throws a `CommandError` for nothing, for what fits everything, and for what is no check or project. */
export async function matchersMeant(texts: string[], options: Meant, io: CliIo): Promise<Matchers> {
  const { check = [], project: projects = [], dependents, yes } = options
  if (check.length + projects.length + texts.length === 0)
    throw new CommandError({
      en: 'say what is worked on: --check pay/web, --project pay, or matchers such as team=payments',
      zh: '写明维护什么：--check pay/web、--project pay，或 team=payments 这样的匹配条件',
    })
  const isAtConsole = consoleOf(options, io) !== undefined
  if (!isAtConsole)
    for (const project of projects) refuseUnknown(project, [...projectsWritten(options, io), OWN_PROJECT])
  const named = check.length === 0 ? projects.map(ofProject) : await checksNamed(check, projects, options, io)
  const match = [...named, ...(texts.length === 0 ? [] : readMatchers(texts, yes === true))]
  return dependents ? withDependents(match, readConfig(options, io).checks) : match
}

function ofProject(project: string): Matchers[number] {
  return [{ name: 'project', is: '=', value: project }]
}

/** Of a fenghuo.yml that cannot be read nobody knows the projects. */
function refuseUnknown(project: string, known: string[]): void {
  if (known.length === 1 || known.includes(project)) return
  const guess = didYouMean(project, known)
  throw new CommandError({
    en: `no project is named \`${project}\`${guess.en}; there are: ${known.join(', ')}`,
    zh: `没有名为 \`${project}\` 的项目${guess.zh}；有：${known.join('、')}`,
  })
}

async function checksNamed(names: string[], projects: string[], options: Meant, io: CliIo): Promise<Matchers> {
  const place = consoleOf(options, io)
  const all: { id: string; project: string }[] = []
  if (place === undefined) all.push(...readConfig(options, io).checks)
  else
    for await (const { checks } of pagesOf<{ checks: typeof all; next?: string }>(
      '/api/v1/checks',
      {},
      consoleClient(place, io),
    ))
      all.push(...checks)
  const own = projects.length === 0 ? all : all.filter(({ project }) => projects.includes(project))
  return names.flatMap((name) => {
    const found = own.filter(({ id, project }) => id === name || id === `${project}/${name}`)
    if (found.length === 0) {
      const ids = own.map(({ id }) => id)
      const guess = didYouMean(name, ids)
      throw new CommandError({
        en: `--check ${name}: there is no such check${guess.en}. See bin/fenghuo.js check`,
        zh: `--check ${name}：没有这项检查${guess.zh}。见 bin/fenghuo.js check`,
      })
    }
    if (found.length > 1)
      throw new CommandError({
        en: `--check ${name}: several projects have it: write ${found.map(({ id }) => id).join(' or ')}`,
        zh: `--check ${name}：有多个项目有它：写成 ${found.map(({ id }) => id).join(' 或 ')}`,
      })
    return found.map(({ id, project }): Matchers[number] => [
      ...ofProject(project),
      { name: 'check', is: '=', value: id },
    ])
  })
}

/** When it begins and ends. Throws a `CommandError` for no end, for one before its beginning, for what is past, and for too long. */
export function spellMeant({ from, to, for: length }: Planned, io: CliIo): { startsAt: Instant; endsAt: Instant } {
  const now = io.now()
  const startsAt = from === undefined ? now : timeOption('--from', from, now, io.timezone)
  if (startsAt < now)
    throw new CommandError({
      en: `--from ${from} is past, and what was seen then is kept as it was: leave it out to begin now`,
      zh: `--from ${from} 已过去，那时所见已照原样保存：去掉它即从现在开始`,
    })
  if ((length === undefined) === (to === undefined))
    throw new CommandError({
      en: 'say how long: --for 2h, or --to "Sat 18:00"',
      zh: '写明多久：--for 2h 或 --to "Sat 18:00"',
    })
  const lengthMs = length === undefined ? undefined : parseDuration(length)
  if (length !== undefined && !(lengthMs !== undefined && lengthMs > 0))
    throw new CommandError({ en: `--for ${length}: write 30m, 2h or 1d`, zh: `--for ${length}：写成 30m、2h、1d 这样` })
  const endsAt = lengthMs === undefined ? timeOption('--to', to ?? '', startsAt, io.timezone) : startsAt + lengthMs
  if (endsAt <= startsAt)
    throw new CommandError({
      en: `it ends (--to ${to}) before it begins: give a later --to, or an earlier --from`,
      zh: `结束（--to ${to}）早于开始：写更晚的 --to，或更早的 --from`,
    })
  if (endsAt - startsAt > LONGEST_SILENCE_MS)
    throw new CommandError({
      en: 'it would last longer than 90 days: take the check out of fenghuo.yml instead',
      zh: '超过 90 天：不如从 fenghuo.yml 里去掉这项检查',
    })
  return { startsAt, endsAt }
}
