import { Option } from 'commander'
import { type ToldNow, toldResource } from '../../services/console/api/told-resource.ts'
import { inEach } from '../../shared/contracts/in-each.ts'
import { type Impact, impacts, type PostState, postStates } from '../../shared/contracts/status-page.ts'
import { eachOnce } from '../../shared/contracts/words.ts'
import { announce, endTold } from '../../shared/engine/status/announce.ts'
import { goingOn } from '../../shared/engine/status/going-on.ts'
import { noteUpdate, pagesOf, postUpdate } from '../../shared/engine/status/post-update.ts'
import { oneLine } from '../../shared/messages/cut.ts'
import { timeSeenFrom, utcOffset } from '../../shared/messages/times.ts'
import { lifeIn } from '../acting.ts'
import { auditedInEach } from '../audited.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions, readConfig } from '../configuration.ts'
import { consoleOf } from '../desk/place.ts'
import { engineOf, storeOf } from '../engine.ts'
import { findTargets, tellMissed } from '../every-region.ts'
import { CommandError, FAILED, FINE } from '../failure.ts'
import { actorOf, findIncident, numberOf, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { consoleTelling, type PostedThere } from '../status/console-telling.ts'
import { componentsMeant, headingMeant, pageMeant, textMeant, type Written } from '../status/meant.ts'
import { dropSubscriber, listSubscribers, type SubscribersOptions } from '../status/subscribers.ts'
import { whereKnown } from '../status/where-known.ts'
import { table } from '../table.ts'
import { addConsoleOption, addTargetOptions, type TargetOptions } from '../target.ts'
import { timeOption } from '../time-option.ts'
import { commonWords } from '../words/common.ts'
import { statusCommandWords } from '../words/status.ts'

interface Options extends TargetOptions, ConfigOptions, Written {
  components?: string[]
  title?: string
  as?: string
  json?: true
}
type PostOptions = Options & { page?: string; state?: PostState; impact?: Impact }
type AnnounceOptions = Options & { from: string; until: string }

export function addStatus(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = statusCommandWords[io.language]
  const common = commonWords[io.language]
  const command = program.command('status').description(say.about)
  addTelling(command.command('post').description(say.post))
    .argument('<number>', common.number, numberOf(io.language))
    .argument('[text]', say.text)
    .option('--page <page>', say.page)
    .addOption(new Option('--state <state>', say.state).choices(postStates))
    .addOption(new Option('--impact <impact>', say.impact).choices(impacts))
    .option('--as <contact>', common.as)
    .withNotes(
      say.notes,
      `bin/fenghuo.js status post 1024 "${say.sample}" --stage prod`,
      `bin/fenghuo.js status post 1024 "${say.fixed}" --state resolved --stage prod`,
    )
    .action(async (number: number, text: string | undefined, options: PostOptions) =>
      done(await post(number, text, options, io)),
    )
  addTelling(command.command('announce').description(say.announce))
    .argument('<page>', say.pageName)
    .argument('[text]', say.text)
    .requiredOption('--from <time>', say.from)
    .requiredOption('--until <time>', say.until)
    .withNotes('', `bin/fenghuo.js status announce pay "${say.moved}" --from "Sat 22:00" --until "Sat 23:00"`)
    .action(async (page: string, text: string | undefined, options: AnnounceOptions) =>
      done(await announceOn(page, text, options, io)),
    )
  addCommon(command.command('end').description(say.end))
    .argument('<page>', say.pageName)
    .argument('<id>', say.id)
    .argument('[text]', say.text)
    .action(async (page: string, id: string, text: string | undefined, options: Options) =>
      done(await end(page, id, text, options, io)),
    )
  addSeeing(command.command('ls').description(say.ls))
    .option('--json', common.json)
    .action(async (options: Options) => done(await list(options, io)))
  addSeeing(command.command('subscribers').description(say.subscribers))
    .argument('[page]', say.pageName)
    .option('--json', common.json)
    .action(async (page: string | undefined, options: SubscribersOptions) =>
      done(await listSubscribers(page, options, io)),
    )
  addSeeing(command.command('drop').description(say.drop))
    .argument('<page>', say.pageName)
    .argument('<id>', say.subscriberId)
    .option('--json', common.json)
    .action(async (page: string, id: string, options: SubscribersOptions) =>
      done(await dropSubscriber(page, id, options, io)),
    )
}

/** Adds the options of what is done in the tables of a deployment, or at its console. */
function addSeeing(command: SpokenCommand): SpokenCommand {
  return addConsoleOption(addTargetOptions(addConfigOption(command)))
}

function addCommon(command: SpokenCommand): SpokenCommand {
  const say = statusCommandWords[command.language]
  return addSeeing(command)
    .option('--zh <text>', say.inZh)
    .option('--en <text>', say.inEn)
    .option('--json', commonWords[command.language].json)
}

function addTelling(command: SpokenCommand): SpokenCommand {
  const say = statusCommandWords[command.language]
  return addCommon(command).option('--components <names...>', say.components).option('--title <text>', say.title)
}

async function post(number: number, text: string | undefined, options: PostOptions, io: CliIo): Promise<number> {
  const meant = textMeant(text, options)
  const { state, impact, components, page: only } = options
  const said = {
    text: meant,
    ...headingMeant(options.title),
    ...(state && { state }),
    ...(impact && { impact }),
    ...(components && { components }),
  }
  const place = consoleOf(options, io)
  if (place !== undefined) {
    const asked = { ...said, as: options.as ?? io.user, ...(only !== undefined && { page: only }) }
    sayPosted(await consoleTelling(place, io).post(number, asked), options, io)
    return FINE
  }
  const config = readConfig(options, io)
  const named = options.page === undefined ? undefined : { [options.page]: pageMeant(options.page, config) }
  const one = await findIncident(number, options, io)
  const pages = named ?? pagesOf(one.found, config.status ?? {})
  if (Object.keys(pages).length === 0)
    throw new CommandError({
      en: `outsiders see nothing that ${titleOf(one.found, io)} is about: name a page with --page, and what of it with --components`,
      zh: `外部看不到 ${titleOf(one.found, io)} 涉及的内容：用 --page 指明状态页，用 --components 指明组件`,
    })
  for (const [name, page] of Object.entries(pages)) componentsMeant(options.components ?? [], name, page)
  const by = await actorOf(options.as, one.found.project, one.target, io)
  const deed = { action: 'status post', about: `/incidents/${number}`, by, changes: eachOnce(meant) }
  const { done, missed } = await auditedInEach(deed, findTargets(options, io), io, async (target) => {
    const theirs = (await lifeIn(target, one, io)) ?? one.found
    const posted = await postUpdate(theirs, said, pages, await engineOf(target, io))
    if (target.region === one.target.region)
      await noteUpdate(theirs, { posted, text: meant, by: by.name }, await engineOf(target, io))
    return posted
  })
  const [{ result }] = done
  sayPosted(
    result.map(({ of, ...told }) => ({ ...told, id: of })),
    options,
    io,
  )
  return tellMissed(missed, () => statusCommandWords[io.language].later, io) ? FINE : FAILED
}

function sayPosted(posted: PostedThere[], { json }: Options, io: CliIo): void {
  const say = statusCommandWords[io.language]
  io.out(
    json ? JSON.stringify(posted, null, 2) : posted.map((one) => say.posted(one.page, one.id, one.state)).join('\n'),
  )
}

async function announceOn(
  name: string,
  text: string | undefined,
  options: AnnounceOptions,
  io: CliIo,
): Promise<number> {
  const place = consoleOf(options, io)
  const config = place === undefined ? readConfig(options, io) : undefined
  const timezone = config?.timezone ?? io.timezone
  const from = timeOption('--from', options.from, io.now(), timezone)
  const until = timeOption('--until', options.until, from, timezone)
  if (until <= from || until <= io.now())
    throw new CommandError({
      en: `--until ${options.until}: it would be over before it begins, or is over already`,
      zh: `--until ${options.until}：结束早于开始，或已经过去`,
    })
  const say = statusCommandWords[io.language]
  const { components } = options
  const said = { text: textMeant(text, options), ...headingMeant(options.title) }
  // A console's own zone is not known here: what was meant is told with its zone.
  const beginning = `${timeSeenFrom(io.now(), from, timezone)} ${utcOffset(from, timezone)}`
  const announced = (id: string) =>
    io.out(options.json ? JSON.stringify({ page: name, id }, null, 2) : say.posted(name, id, beginning))
  if (place !== undefined) {
    const work = { ...said, ...(components && { components }), from, until }
    const id = await consoleTelling(place, io).announce(name, work)
    announced(id)
    return FINE
  }
  const page = pageMeant(name, readConfig(options, io))
  const work = {
    of: io.randomId().replaceAll('-', '').slice(0, 10),
    ...said,
    components: componentsMeant(components ?? Object.keys(page.components), name, page),
    planned: { from, until },
  }
  const deed = { action: 'status announce', about: `/status/${name} ${work.of}`, changes: eachOnce(work.text) }
  const { missed } = await auditedInEach(deed, findTargets(options, io), io, async (target) =>
    announce(name, work, await engineOf(target, io)),
  )
  announced(work.of)
  return tellMissed(missed, () => say.later, io) ? FINE : FAILED
}

async function end(name: string, id: string, text: string | undefined, options: Options, io: CliIo): Promise<number> {
  const meant = text === undefined && !options.zh && !options.en ? {} : textMeant(text, options)
  const say = statusCommandWords[io.language]
  const ended = () => io.out(options.json ? JSON.stringify({ page: name, id }, null, 2) : say.ended(name, id))
  const place = consoleOf(options, io)
  if (place !== undefined) {
    await consoleTelling(place, io).end(name, id, meant)
    ended()
    return FINE
  }
  pageMeant(name, readConfig(options, io))
  const deed = { action: 'status end', about: `/status/${name} ${id}`, changes: eachOnce(meant) }
  const missed = await whereKnown(
    deed,
    findTargets(options, io),
    io,
    async (target) => endTold(name, id, { text: meant }, await engineOf(target, io)),
    {
      en: `nothing named ${id} goes on at /status/${name}: see status ls`,
      zh: `/status/${name} 没有进行中的 ${id}：见 status ls`,
    },
  )
  ended()
  return tellMissed(missed, () => say.later, io) ? FINE : FAILED
}

async function list(options: Options, io: CliIo): Promise<number> {
  const place = consoleOf(options, io)
  const all = place === undefined ? await toldInTables(options, io) : await consoleTelling(place, io).list()
  const say = statusCommandWords[io.language]
  // A console's own zone is not known here.
  const timezone = place === undefined ? readConfig(options, io).timezone : io.timezone
  const time = (at: string) => timeSeenFrom(io.now(), Date.parse(at), timezone)
  const rows = all.map(({ page, id, state, from, since, heading }) => [
    ...[page, id, from === undefined ? state : time(from), time(since)],
    oneLine(heading[io.language], 60),
  ])
  if (options.json) io.out(JSON.stringify(all, null, 2))
  else io.out(rows.length === 0 ? say.none : table(say.head, rows))
  return FINE
}

/** What is told is told in each region: the first that answers has all of it. */
async function toldInTables(options: Options, io: CliIo): Promise<ToldNow[]> {
  const config = readConfig(options, io)
  const { done } = await inEach(findTargets(options, io), (target) =>
    goingOn(config.status ?? {}, { ...storeOf(target, io), now: io.now }),
  )
  const [{ result }] = done
  return result.map(toldResource)
}
