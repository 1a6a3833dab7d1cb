import { COMMENT_CHARACTERS } from '../../shared/contracts/silence.ts'
import { type MaintenanceView, viewMaintenance } from '../../shared/engine/console/view-maintenance.ts'
import type { Silence } from '../../shared/incidents/pause/silence.ts'
import { oneLine } from '../../shared/messages/cut.ts'
import { timeSeenFrom } from '../../shared/messages/times.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions, readConfig } from '../configuration.ts'
import { consoleClient, pagesOf } from '../desk/console-client.ts'
import { consoleOf } from '../desk/place.ts'
import { CommandError, FINE, reasonOf } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { matchersText } from '../silence/matching.ts'
import { openKeeper } from '../silence/open-keeper.ts'
import { type Meant, matchersMeant, type Planned, spellMeant } from '../silence/planning.ts'
import { table } from '../table.ts'
import { addConsoleOption, addTargetOptions, type TargetOptions } from '../target.ts'
import { commonWords } from '../words/common.ts'
import { maintenanceWords } from '../words/maintenance.ts'
import { silenceWords } from '../words/silence.ts'

type Options = TargetOptions & ConfigOptions & { json?: true }
type AddOptions = Options & Meant & Planned & { comment: string; link?: string; as?: string }

export function addMaintenance(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = maintenanceWords[io.language]
  const likewise = silenceWords[io.language]
  const { json } = commonWords[io.language]
  const command = program.command('maintenance').description(say.about)
  addPlace(command.command('add').description(say.add).argument('[matchers...]', likewise.matchers))
    .option('--check <check...>', say.check)
    .option('--project <project...>', say.project)
    .option('--dependents', say.dependents)
    .option('--from <time>', say.from)
    .option('--to <time>', say.to)
    .option('--for <time>', likewise.for)
    .requiredOption('--comment <text>', say.comment)
    .option('--link <url>', likewise.link)
    .option('--as <name>', likewise.as)
    .option('--yes', likewise.yes)
    .option('--json', json)
    .withNotes(
      say.notes,
      `bin/fenghuo.js maintenance add --check pay/db --dependents --for 2h --comment "${say.sample}" --stage prod`,
      `bin/fenghuo.js maintenance add --project pay --from "Sat 02:00" --to "Sat 04:00" --comment "${say.sample}"`,
    )
    .action(async (texts: string[], options: AddOptions) => done(await add(texts, options, io)))
  addPlace(command.command('ls').description(say.ls))
    .option('--all', likewise.all)
    .option('--json', json)
    .action(async (options: Options & { all?: true }) => done(await list(options, io)))
  addPlace(command.command('end').description(say.end).argument('<id>', likewise.id))
    .option('--json', json)
    .action(async (id: string, options: Options) => done(await end(id, options, io)))
}

function addPlace(command: SpokenCommand): SpokenCommand {
  return addConsoleOption(addTargetOptions(addConfigOption(command)))
}

async function add(texts: string[], options: AddOptions, io: CliIo): Promise<number> {
  const comment = oneLine(options.comment, COMMENT_CHARACTERS)
  if (comment === '')
    throw new CommandError({ en: '--comment is empty: say what is done', zh: '--comment 是空的：写明做什么' })
  const spell = spellMeant(options, io)
  const matchers = await matchersMeant(texts, options, io)
  const wanted: Silence = {
    ...{ id: io.randomId().slice(0, 8), matchers, ...spell, by: options.as ?? io.user, comment, maintenance: true },
    ...(options.link !== undefined && { link: options.link }),
    changedAt: io.now(),
  }
  const { silence, covers = [] } = await (await openKeeper(options, io)).make(wanted, options.yes === true)
  if (options.json) {
    io.out(JSON.stringify({ maintenance: silence, incidents: covers.map(({ number }) => number) }, null, 2))
    return FINE
  }
  const say = maintenanceWords[io.language]
  const { or, covers: quiet } = silenceWords[io.language]
  const [from, until] = [silence.startsAt, silence.endsAt].map((at) => timeSeenFrom(io.now(), at, io.timezone))
  io.out(say.made(silence.id, from ?? '', until ?? '', matchersText(silence.matchers, or)))
  if (covers.length > 0) io.out(quiet(covers.map(({ title }) => title).join(', ')))
  return FINE
}

async function list(options: Options & { all?: true }, io: CliIo): Promise<number> {
  const kept = await (await openKeeper(options, io)).list()
  const planned = kept
    .map(({ silence }) => silence)
    .filter(({ maintenance, endsAt }) => maintenance && (options.all || endsAt > io.now()))
    .toSorted((one, other) => one.startsAt - other.startsAt)
  const configured = (await windowsOf(options, io)).filter(({ state }) => options.all || state !== 'over')
  if (options.json) {
    io.out(JSON.stringify({ planned, configured }, null, 2))
    return FINE
  }
  const say = maintenanceWords[io.language]
  const { or } = silenceWords[io.language]
  const time = (at: number | undefined) => (at === undefined ? '' : timeSeenFrom(io.now(), at, io.timezone))
  const rows = [
    ...planned.map((one) => [
      ...[one.id, matchersText(one.matchers, or), time(one.startsAt), time(one.endsAt), one.by, one.comment],
    ]),
    ...configured.map(({ name, matchers, state, startsAt, endsAt, during = [], timezone }) => [
      ...[name, matchers.map((group) => group.join(' ')).join(or), state === 'now' ? say.now : time(startsAt)],
      ...[time(endsAt), 'fenghuo.yml', during.length === 0 ? '' : `${during.join(', ')} (${timezone})`],
    ]),
  ]
  io.out(rows.length === 0 ? say.none : table(say.head, rows))
  return FINE
}

type Window = Omit<MaintenanceView, 'projects'>

/** Those of fenghuo.yml, as the console has it where one is asked. One that cannot be read hides none of the others. */
async function windowsOf(options: Options, io: CliIo): Promise<Window[]> {
  const place = consoleOf(options, io)
  if (place === undefined) {
    try {
      return viewMaintenance(readConfig(options, io), io.now())
    } catch (error) {
      const { warning } = commonWords[io.language]
      io.err(warning(maintenanceWords[io.language].configUnread(reasonOf(error, io.language))))
      return []
    }
  }
  const all: Window[] = []
  type Told = Omit<Window, 'startsAt' | 'endsAt'> & { startsAt?: string; endsAt?: string }
  for await (const { windows } of pagesOf<{ windows: Told[]; next?: string }>(
    '/api/v1/maintenance',
    {},
    consoleClient(place, io),
  ))
    for (const { startsAt, endsAt, ...one } of windows)
      all.push({
        ...one,
        ...(startsAt && { startsAt: Date.parse(startsAt) }),
        ...(endsAt && { endsAt: Date.parse(endsAt) }),
      })
  return all
}

async function end(id: string, options: Options, io: CliIo): Promise<number> {
  const keeper = await openKeeper(options, io)
  const known = (await keeper.list()).find(({ silence }) => silence.id === id)?.silence
  if (known === undefined) throw new CommandError(await noSuch(id, options, io))
  if (!known.maintenance)
    throw new CommandError({
      en: `${id} is a silence: bin/fenghuo.js silence expire ${id}`,
      zh: `${id} 是静默：bin/fenghuo.js silence expire ${id}`,
    })
  const ended = await keeper.move(id, () => io.now())
  io.out(options.json ? JSON.stringify(ended, null, 2) : maintenanceWords[io.language].ended(id))
  return FINE
}

async function noSuch(id: string, options: Options, io: CliIo) {
  const isConfigured = (await windowsOf(options, io)).some(({ name }) => name === id)
  if (isConfigured)
    return {
      en: `${id} stands in fenghuo.yml: change it there, and deploy`,
      zh: `${id} 写在 fenghuo.yml 里：在那里修改并部署`,
    }
  return {
    en: `no maintenance has the id ${id}: see bin/fenghuo.js maintenance ls`,
    zh: `没有 ID 为 ${id} 的维护：见 bin/fenghuo.js maintenance ls`,
  }
}
