import { type Matchers, parseMatcher } from '../../shared/contracts/matcher.ts'
import { COMMENT_CHARACTERS } from '../../shared/contracts/silence.ts'
import { didYouMean } from '../../shared/contracts/suggest.ts'
import type { Silence } from '../../shared/incidents/pause/silence.ts'
import { oneLine } from '../../shared/messages/cut.ts'
import { timeSeenFrom } from '../../shared/messages/times.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions } from '../configuration.ts'
import { consoleOf } from '../desk/place.ts'
import { CommandError, FINE } from '../failure.ts'
import { numberOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { hardlyMeant } from '../silence/hardly-meant.ts'
import type { Made, SilenceKeeper } from '../silence/keeper.ts'
import { type Ending, endOf } from '../silence/making.ts'
import { matchersText, readMatchers } from '../silence/matching.ts'
import { openKeeper } from '../silence/open-keeper.ts'
import { runSilenced } from '../silence/while-running.ts'
import { table } from '../table.ts'
import { addConsoleOption, addTargetOptions, type TargetOptions } from '../target.ts'
import { timeOption } from '../time-option.ts'
import { commonWords } from '../words/common.ts'
import { silenceWords } from '../words/silence.ts'
import { projectsWritten } from '../written-config.ts'

type JsonOptions = TargetOptions & ConfigOptions & { json?: true }
interface MakingOptions extends TargetOptions, Ending {
  comment: string
  link?: string
  as?: string
  yes?: true
}
interface AddOptions extends MakingOptions {
  from?: string
  incident?: number
  json?: true
}
type DuringOptions = Omit<MakingOptions, 'comment'> & { comment?: string }

/** The command that has a program after `--` and no name of its own: nobody can type this one. */
const DURING = '--'

/** `toRun`: the program that stood after `--`, with its arguments. */
export function addSilence(program: SpokenCommand, io: CliIo, done: Done, toRun?: string[]): void {
  const say = silenceWords[io.language]
  const command = program.command('silence').description(say.about)
  const during = addMaking(command.command(DURING, { isDefault: true, hidden: true }))
    .option('--comment <text>', say.commentOfProgram)
    .allowUnknownOption(toRun === undefined)
    .action(async (texts: string[], options: DuringOptions) => {
      if (toRun === undefined && texts.length + Object.keys(options).length === 0) command.help({ error: true })
      done(await whileRunning(texts, toRun ?? refuseNothing(texts, command), options, io))
    })
  addMaking(command.command('add').description(say.add))
    .requiredOption('--comment <text>', say.comment)
    .option('--from <time>', say.from)
    .option('--incident <number>', say.incident, numberOf(io.language))
    .option('--json', commonWords[io.language].json)
    .withNotes(
      say.notes,
      `bin/fenghuo.js silence add project=pay check=web --for 2h --comment "${say.upgrade}" --stage prod`,
      `bin/fenghuo.js silence add --incident 1024 --for 8h --comment "${say.known}"`,
      "bin/fenghuo.js silence add 'team=~pay.*' severity=warning or class=backup --until 'Mon 09:00' --comment weekend",
    )
    .action(async (texts: string[], options: AddOptions) => done(await add(texts, options, io)))
  addConsoleOption(addTargetOptions(addConfigOption(command.command('ls').description(say.ls))))
    .option('--all', say.all)
    .option('--json', commonWords[io.language].json)
    .action(async (options: JsonOptions & { all?: true }) => done(await list(options, io)))
  addConsoleOption(
    addTargetOptions(addConfigOption(command.command('extend').description(say.extend).argument('<id>', say.id))),
  )
    .option('--for <time>', say.for)
    .option('--until <time>', say.until)
    .option('--json', commonWords[io.language].json)
    .action(async (id: string, options: JsonOptions & Ending) => done(await extend(id, options, io)))
  addConsoleOption(
    addTargetOptions(addConfigOption(command.command('expire').description(say.expire).argument('<id>', say.id))),
  )
    .option('--json', commonWords[io.language].json)
    .action(async (id: string, options: JsonOptions) => done(await expire(id, options, io)))
  command
    .usage('[options] [matchers...] -- <program...> | [command]')
    .configureHelp({
      visibleOptions: () => during.createHelp().visibleOptions(during),
      visibleArguments: () => [...during.registeredArguments],
    })
    .hook('preSubcommand', (_, chosen) => {
      if (toRun !== undefined && chosen !== during) throw new CommandError(runsNothing(chosen.name()))
    })
    .withNotes(say.notesOfProgram, 'bin/fenghuo.js silence --for 30m project=pay --stage prod -- ./deploy.sh')
}

function addMaking(command: SpokenCommand): SpokenCommand {
  const say = silenceWords[command.language]
  return addConsoleOption(addTargetOptions(addConfigOption(command.argument('[matchers...]', say.matchers))))
    .option('--for <time>', say.for)
    .option('--until <time>', say.until)
    .option('--link <url>', say.link)
    .option('--as <name>', say.as)
    .option('--yes', say.yes)
}

async function add(texts: string[], options: AddOptions, io: CliIo): Promise<number> {
  const keeper = await openKeeper(options, io)
  const matchers = await matchersOf(texts, options, keeper)
  const made = await keeper.make(silenceOf(matchers, options, io), options.yes === true)
  tellHardlyMeant(made, options, io)
  if (options.json) {
    const { silence, covers } = made
    io.out(JSON.stringify({ silence, ...(covers && { incidents: covers.map(({ number }) => number) }) }, null, 2))
    return FINE
  }
  for (const line of madeLines(made, io)) io.out(line)
  return FINE
}

/** What covers something is meant. A console's projects are not known here. */
function tellHardlyMeant({ silence, covers = [] }: Made, options: TargetOptions & ConfigOptions, io: CliIo): void {
  if (covers.length > 0) return
  const projects = consoleOf(options, io) === undefined ? projectsWritten(options, io) : []
  for (const one of hardlyMeant(silence.matchers, projects)) io.err(commonWords[io.language].warning(one[io.language]))
}

function madeLines({ silence, covers }: Made, io: CliIo): string[] {
  const say = silenceWords[io.language]
  const until = timeSeenFrom(io.now(), silence.endsAt, io.timezone)
  const made = say.made(silence.id, until, matchersText(silence.matchers, say.or))
  if (covers === undefined) return [made]
  return [made, covers.length === 0 ? say.coversNone : say.covers(covers.map(({ title }) => title).join(', '))]
}

async function matchersOf(texts: string[], options: AddOptions, keeper: SilenceKeeper): Promise<Matchers> {
  if (options.incident === undefined) return readMatchers(texts, options.yes === true)
  if (texts.length > 0)
    throw new CommandError({
      en: '--incident says what it matches: leave the matchers out',
      zh: '--incident 已说明匹配什么：不要再写匹配条件',
    })
  return keeper.matchersOf(options.incident)
}

function silenceOf(matchers: Matchers, options: AddOptions, io: CliIo): Silence {
  const now = io.now()
  const startsAt = options.from === undefined ? now : timeOption('--from', options.from, now, io.timezone)
  const comment = oneLine(options.comment, COMMENT_CHARACTERS)
  if (comment === '') throw new CommandError({ en: '--comment is empty: say why', zh: '--comment 是空的：写明原因' })
  return {
    id: io.randomId().slice(0, 8),
    matchers,
    startsAt,
    endsAt: endOf(options, startsAt, io),
    by: options.as ?? io.user,
    comment,
    ...(options.link !== undefined && { link: options.link }),
    changedAt: now,
  }
}

async function whileRunning(texts: string[], toRun: string[], options: DuringOptions, io: CliIo): Promise<number> {
  const [program = ''] = toRun
  if (program === '' || io.run === undefined) throw new CommandError(NOTHING_TO_RUN)
  if (/^[A-Za-z_]\w*=/.test(program)) throw new CommandError(NO_SHELL)
  const isAllMeant = options.yes === true
  const matchers = readMatchers(texts, isAllMeant)
  const keeper = await openKeeper(options, io)
  // What follows the program may be a password, and chats show the comment.
  const wanted = silenceOf(matchers, { comment: program, ...options }, io)
  const make = async () => {
    const made = await keeper.make(wanted, isAllMeant)
    tellHardlyMeant(made, options, io)
    // Standard output is the program's.
    for (const line of madeLines(made, io)) io.err(commonWords[io.language].note(line))
    return made.silence
  }
  return runSilenced(toRun, io.run, { wanted, make }, keeper, io)
}

const runsNothing = (name: string) => ({
  en: `silence ${name} runs no program: leave out what begins with --, or \`${name}\``,
  zh: `silence ${name} 不执行程序：去掉 -- 及其后的内容，或去掉 \`${name}\``,
})

const NO_SHELL = {
  en: 'there is no shell that sets variables: write -- env NAME=value ./deploy.sh',
  zh: '没有 shell 来设置变量：写成 -- env 变量=值 ./deploy.sh',
}

const NOTHING_TO_RUN = {
  en: 'say what to run: … -- ./deploy.sh, or silence what matches until a time: silence add',
  zh: '写明执行什么：… -- ./deploy.sh；要静默到某个时间，用 silence add',
}

/** A word that is no matcher was to be a command. */
function refuseNothing([first = '']: string[], { commands }: SpokenCommand): never {
  if (first === '' || first.startsWith('-') || parseMatcher(first)) throw new CommandError(NOTHING_TO_RUN)
  const guess = didYouMean(
    first,
    commands.map((one) => one.name()),
  )
  throw new CommandError({ en: `unknown command '${first}'${guess.en}`, zh: `没有这个命令：${first}${guess.zh}` })
}

async function list(options: JsonOptions & { all?: true }, io: CliIo): Promise<number> {
  const known = await (await openKeeper(options, io)).list()
  const silences = known
    .filter(({ silence }) => options.all || silence.endsAt > io.now())
    .toSorted((a, b) => a.silence.endsAt - b.silence.endsAt)
  if (options.json) {
    const shown = silences.map(({ silence, quiet }) => ({ ...silence, incidents: quiet }))
    io.out(JSON.stringify(shown, null, 2))
    return FINE
  }
  const say = silenceWords[io.language]
  const time = (at: number) => timeSeenFrom(io.now(), at, io.timezone)
  const rows = silences.map(({ silence: one, quiet }) => [
    one.id,
    matchersText(one.matchers, say.or),
    time(one.startsAt),
    time(one.endsAt),
    one.by,
    one.maintenance ? say.planned(one.comment) : one.comment,
    quiet.map((number) => `#${number}`).join(' '),
  ])
  io.out(rows.length === 0 ? say.none : table(say.head, rows))
  return FINE
}

async function extend(id: string, options: JsonOptions & Ending, io: CliIo): Promise<number> {
  const end = ({ startsAt, endsAt }: Silence) =>
    endOf(options, options.for === undefined ? io.now() : endsAt, io, startsAt)
  const silence = await (await openKeeper(options, io)).move(id, end)
  if (options.json) io.out(JSON.stringify(silence, null, 2))
  else io.out(silenceWords[io.language].extended(id, timeSeenFrom(io.now(), silence.endsAt, io.timezone)))
  return FINE
}

async function expire(id: string, options: JsonOptions, io: CliIo): Promise<number> {
  const silence = await (await openKeeper(options, io)).move(id, () => io.now())
  if (options.json) io.out(JSON.stringify(silence, null, 2))
  else io.out(silenceWords[io.language].expired(id))
  return FINE
}
