import { notNamed } from '../../shared/config/not-named.ts'
import { readRows } from '../../shared/engine/overrides/rows.ts'
import { feedPath } from '../../shared/oncall/feed-address.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions, readConfig } from '../configuration.ts'
import { contactsOf } from '../engine.ts'
import { CommandError, FINE } from '../failure.ts'
import { addressAndSecret } from '../function-secret.ts'
import type { CliIo, Done } from '../io.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'
import { oncallWords } from '../words/oncall.ts'

type CalendarOptions = ConfigOptions & TargetOptions & { json?: true }

export function addCalendar(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = oncallWords[io.language].calendar
  const command = program
    .command('calendar')
    .description(say.about)
    .argument('[names...]', say.names)
    .option('--json', say.json)
  addTargetOptions(addConfigOption(command))
    .withNotes(say.notes, 'bin/fenghuo.js calendar --stage prod', 'bin/fenghuo.js calendar sre lin --stage prod --json')
    .action(async (names: string[], options: CalendarOptions) => done(await calendar(names, options, io)))
}

async function calendar(names: string[], options: CalendarOptions, io: CliIo): Promise<number> {
  const rows = await readRows(Object.keys(readConfig(options, io).projects), contactsOf(findTarget(options, io)))
  const { url, secret } = await addressAndSecret('acknowledge', options, io)
  const schedules = [...new Set(rows.flatMap(({ row }) => Object.keys(row.directory.schedules)))]
  const known = [...schedules, ...new Set(rows.flatMap(({ row }) => Object.keys(row.directory.contacts)))]
  const feeds = (names.length > 0 ? names : schedules).map((name) => {
    const owner = rows.find(({ row: { directory } }) =>
      [directory.schedules, directory.contacts].some((things) => Object.hasOwn(things, name)),
    )
    if (owner === undefined) throw new CommandError(notNamed('contact or schedule', name, known).words)
    return { name, url: new URL(feedPath({ project: owner.project, name }, secret), url).href }
  })
  if (options.json) io.out(JSON.stringify(feeds, null, 2))
  else for (const feed of feeds) io.out(`# ${feed.name}\n${feed.url}`)
  return FINE
}
