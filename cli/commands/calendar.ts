import type { Command } from 'commander'
import { didYouMean } from '../../shared/contracts/suggest.ts'
import { feedPath } from '../../shared/oncall/feed-address.ts'
import { addConfigOption, type ConfigOptions, readConfig } from '../configuration.ts'
import { contactsOf } from '../engine.ts'
import { CommandError, FINE } from '../failure.ts'
import { addressAndSecret } from '../function-secret.ts'
import type { CliIo, Done } from '../io.ts'
import { readRows } from '../override-rows.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'

type CalendarOptions = ConfigOptions & TargetOptions & { json?: true }

export function addCalendar(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('calendar')
    .description('Print the addresses of calendars: of schedules, and of the shifts of contacts')
    .argument('[names...]', 'schedules and contacts; all schedules when absent')
    .option('--json', 'a list for machines')
  addTargetOptions(addConfigOption(command))
    .addHelpText(
      'after',
      '\nGoogle Calendar, Apple Calendar, Outlook and WeCom subscribe to it. Whoever has an address can read who is on call: it is good until the' +
        "\ndeployment's secret is another.\nA deployment is asked by lambda:GetFunctionConfiguration, lambda:GetFunctionUrlConfig and secretsmanager:GetSecretValue." +
        '\n\nExamples:\n  bin/fenghuo.js calendar --stage prod\n  bin/fenghuo.js calendar sre lin --stage prod --json',
    )
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
    if (owner === undefined)
      throw new CommandError(
        `no schedule or contact is named \`${name}\`${didYouMean(name, known)}; there are: ${known.join(', ')}`,
      )
    return { name, url: new URL(feedPath({ project: owner.project, name }, secret), url).href }
  })
  if (options.json) io.out(JSON.stringify(feeds, null, 2))
  else for (const feed of feeds) io.out(`# ${feed.name}\n${feed.url}`)
  return FINE
}
