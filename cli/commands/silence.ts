import type { Matchers } from '../../shared/contracts/matcher.ts'
import { COMMENT_CHARACTERS } from '../../shared/contracts/silence.ts'
import type { Silence } from '../../shared/incidents/pause/silence.ts'
import { oneLine } from '../../shared/messages/cut.ts'
import { timeSeenFrom } from '../../shared/messages/times.ts'
import type { SpokenCommand } from '../command.ts'
import { CommandError, FINE, reasonOf } from '../failure.ts'
import { numberOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { type SilenceKeeper, SilenceOver } from '../silence/keeper.ts'
import { type Ending, endOf } from '../silence/making.ts'
import { matchersText, readMatchers, splitCommand } from '../silence/matching.ts'
import { openKeeper } from '../silence/open-keeper.ts'
import { table } from '../table.ts'
import { addConsoleOption, addTargetOptions, type TargetOptions } from '../target.ts'
import { timeOption } from '../time-option.ts'
import { commonWords } from '../words/common.ts'
import { silenceWords } from '../words/silence.ts'

type JsonOptions = TargetOptions & { json?: true }
interface MakingOptions extends JsonOptions, Ending {
  comment: string
  link?: string
  as?: string
  yes?: true
}
interface AddOptions extends MakingOptions {
  from?: string
  incident?: number
}
type RunOptions = Omit<MakingOptions, 'comment'> & { comment?: string }

export function addSilence(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = silenceWords[io.language]
  const command = program.command('silence').description(say.about)
  addMaking(command.command('add').description(say.add).argument('[matchers...]', say.matchers))
    .requiredOption('--comment <text>', say.comment)
    .option('--from <time>', say.from)
    .option('--incident <number>', say.incident, numberOf(io.language))
    .withNotes(
      say.notes,
      `bin/fenghuo.js silence add project=pay check=web --for 2h --comment "${say.upgrade}" --stage prod`,
      `bin/fenghuo.js silence add --incident 1024 --for 8h --comment "${say.known}"`,
      "bin/fenghuo.js silence add 'team=~pay.*' severity=warning or class=backup --until 'Mon 09:00' --comment weekend",
    )
    .action(async (texts: string[], options: AddOptions) => done(await add(texts, options, io)))
  addMaking(command.command('run').description(say.run).argument('<command...>', say.command))
    .option('--comment <text>', say.commentOfRun)
    .withNotes('', 'bin/fenghuo.js silence run project=pay --for 30m --stage prod -- ./deploy.sh')
    .action(async (args: string[], options: RunOptions) => done(await run(args, options, io)))
  addConsoleOption(addTargetOptions(command.command('ls').description(say.ls)))
    .option('--all', say.all)
    .option('--json', commonWords[io.language].json)
    .action(async (options: JsonOptions & { all?: true }) => done(await list(options, io)))
  addConsoleOption(addTargetOptions(command.command('extend').description(say.extend).argument('<id>', say.id)))
    .option('--for <time>', say.for)
    .option('--until <time>', say.until)
    .option('--json', commonWords[io.language].json)
    .action(async (id: string, options: JsonOptions & Ending) => done(await extend(id, options, io)))
  addConsoleOption(addTargetOptions(command.command('expire').description(say.expire).argument('<id>', say.id)))
    .option('--json', commonWords[io.language].json)
    .action(async (id: string, options: JsonOptions) => done(await expire(id, options, io)))
}

function addMaking(command: SpokenCommand): SpokenCommand {
  const say = silenceWords[command.language]
  return addConsoleOption(addTargetOptions(command))
    .option('--for <time>', say.for)
    .option('--until <time>', say.until)
    .option('--link <url>', say.link)
    .option('--as <name>', say.as)
    .option('--yes', say.yes)
    .option('--json', commonWords[command.language].json)
}

async function add(texts: string[], options: AddOptions, io: CliIo): Promise<number> {
  const keeper = await openKeeper(options, io)
  const matchers = await matchersOf(texts, options, keeper)
  const { silence, covers } = await keeper.make(silenceOf(matchers, options, io), options.yes === true)
  if (options.json) {
    io.out(JSON.stringify({ silence, ...(covers && { incidents: covers.map(({ number }) => number) }) }, null, 2))
    return FINE
  }
  const say = silenceWords[io.language]
  io.out(say.made(silence.id, timeSeenFrom(io.now(), silence.endsAt, io.timezone), matchersText(matchers, say.or)))
  if (covers !== undefined)
    io.out(covers.length === 0 ? say.coversNone : say.covers(covers.map(({ title }) => title).join(', ')))
  return FINE
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

/** The command's own exit code is ours. The silence is lifted however it ends; should this process die, it ends by itself. */
async function run(args: string[], options: RunOptions, io: CliIo): Promise<number> {
  const { matchers, command } = splitCommand(args)
  const [program] = command
  if (program === undefined || io.run === undefined)
    throw new CommandError({ en: 'say what to run: … -- ./deploy.sh', zh: '写明执行什么：… -- ./deploy.sh' })
  const keeper = await openKeeper(options, io)
  const isAllMeant = options.yes === true
  // What follows the program may be a password, and chats show the comment.
  const why = { comment: program, ...options }
  const { silence } = await keeper.make(silenceOf(readMatchers(matchers, isAllMeant), why, io), isAllMeant)
  try {
    return await io.run(command)
  } finally {
    await lift(silence, keeper, io)
  }
}

/** Whoever deploys has to know if what they silenced still is; it may be over already, by itself or by somebody else's hand. */
async function lift({ id, endsAt }: Silence, keeper: SilenceKeeper, io: CliIo): Promise<void> {
  try {
    await keeper.move(id, () => io.now())
  } catch (error) {
    if (error instanceof SilenceOver) return
    const until = timeSeenFrom(io.now(), endsAt, io.timezone)
    const say = silenceWords[io.language]
    io.err(commonWords[io.language].warning(say.notEnded(id, reasonOf(error, io.language), until)))
  }
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
    one.comment,
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
