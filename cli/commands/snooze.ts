import { timeSeenFrom } from '../../shared/messages/times.ts'
import { act, refuse, snoozedUntil } from '../acting.ts'
import type { SpokenCommand } from '../command.ts'
import { FINE } from '../failure.ts'
import { numberOf, shownIncident, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { type ActingOptions, addActingOptions } from '../target.ts'
import { actingWords } from '../words/acting.ts'
import { commonWords } from '../words/common.ts'

type SnoozeOptions = ActingOptions & { for: string }

export function addSnooze(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = actingWords[io.language].snooze
  const common = commonWords[io.language]
  const command = program
    .command('snooze')
    .description(say.about)
    .argument('<number>', common.number, numberOf(io.language))
    .requiredOption('--for <time>', say.for)
  addActingOptions(command)
    .withNotes(say.notes, 'bin/fenghuo.js snooze 1024 --for 1h --as lin --stage prod')
    .action(async (number: number, options: SnoozeOptions) => done(await snooze(number, options, io)))
}

async function snooze(number: number, options: SnoozeOptions, io: CliIo): Promise<number> {
  const until = snoozedUntil(options.for, io.now())
  const acted = await act(
    number,
    options,
    ({ generation }, by) => ({ type: 'snooze', generation, via: 'cli', by, until }),
    io,
  )
  if (!acted.changed) refuse(acted, { en: 'cannot be snoozed', zh: '无法稍后提醒' }, io)
  if (options.json) io.out(JSON.stringify({ until, incident: shownIncident(acted.state, io) }, null, 2))
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
