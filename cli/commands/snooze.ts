import { Option } from 'commander'
import { isSnooze } from '../../shared/contracts/snooze.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import { timeSeenFrom } from '../../shared/messages/times.ts'
import { snoozedUntil } from '../acting.ts'
import type { SpokenCommand } from '../command.ts'
import { refuse } from '../desk/desk.ts'
import { openDesk } from '../desk/open-desk.ts'
import { CommandError, FINE } from '../failure.ts'
import { numberOf, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { type ActingOptions, addActingOptions, addConsoleOption } from '../target.ts'
import { timeOption } from '../time-option.ts'
import { actingWords } from '../words/acting.ts'
import { commonWords } from '../words/common.ts'

type SnoozeOptions = ActingOptions & { for?: string; until?: string }

export function addSnooze(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = actingWords[io.language].snooze
  const common = commonWords[io.language]
  const command = program
    .command('snooze')
    .description(say.about)
    .argument('<number>', common.number, numberOf(io.language))
    .option('--for <time>', say.for)
    .addOption(new Option('--until <time>', say.until).conflicts('for'))
  addConsoleOption(addActingOptions(command))
    .withNotes(
      say.notes,
      'bin/fenghuo.js snooze 1024 --for 1h --as lin --stage prod',
      'bin/fenghuo.js snooze 1024 --until "Mon 09:00"',
    )
    .action(async (number: number, options: SnoozeOptions) => done(await snooze(number, options, io)))
}

async function snooze(number: number, options: SnoozeOptions, io: CliIo): Promise<number> {
  const until = snoozeEnd(options, io)
  const acted = await (await openDesk(options, io)).act(number, { do: 'snooze', until })
  if (!acted.changed) refuse(acted, { en: 'cannot be snoozed', zh: '无法稍后提醒' }, io)
  if (options.json) io.out(JSON.stringify({ until, incident: acted.machines }, null, 2))
  else
    io.out(
      actingWords[io.language].snooze.snoozed(
        titleOf(acted.found, io),
        acted.by.name,
        timeSeenFrom(io.now(), until, io.timezone),
      ),
    )
  return FINE
}

/** When a snooze is over that is as long, or until when, as its options say. Throws a `CommandError` for what is none. */
function snoozeEnd({ for: length, until }: SnoozeOptions, io: CliIo): Instant {
  const now = io.now()
  if (length !== undefined) return snoozedUntil(length, now)
  if (until === undefined) throw new CommandError({ en: actingWords.en.snooze.one, zh: actingWords.zh.snooze.one })
  const at = timeOption('--until', until, now, io.timezone)
  if (isSnooze(at - now)) return at
  throw new CommandError({
    en: `--until ${until}: should be from 1 minute to 7 days ahead`,
    zh: `--until ${until}：应在 1 分钟以后、7 天以内`,
  })
}
