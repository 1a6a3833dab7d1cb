import { InvalidArgumentError } from 'commander'
import type { Language } from '../../shared/contracts/words.ts'
import { NOTE_CHARACTERS } from '../../shared/engine/console/action.ts'
import type { SpokenCommand } from '../command.ts'
import { openDesk } from '../desk/open-desk.ts'
import { FINE } from '../failure.ts'
import { numberOf, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { type ActingOptions, addActingOptions, addConsoleOption } from '../target.ts'
import { actingWords } from '../words/acting.ts'
import { commonWords } from '../words/common.ts'

export function addNote(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = actingWords[io.language].note
  const common = commonWords[io.language]
  const command = program
    .command('note')
    .description(say.about)
    .argument('<number>', common.number, numberOf(io.language))
    .argument('<text>', say.text(NOTE_CHARACTERS), textOf(io.language))
  addConsoleOption(addActingOptions(command))
    .withNotes('', `bin/fenghuo.js note 1024 "${say.sample}" --as lin`)
    .action(async (number: number, text: string, options: ActingOptions) => {
      await note(number, text, options, io)
      done(FINE)
    })
}

async function note(number: number, text: string, options: ActingOptions, io: CliIo): Promise<void> {
  const { found, by } = await (await openDesk(options, io)).act(number, { do: 'note', text })
  if (options.json) return io.out(JSON.stringify({ number, by, text }, null, 2))
  io.out(actingWords[io.language].note.noted(titleOf(found, io), by.name))
}

const textOf =
  (language: Language) =>
  (text: string): string => {
    const trimmed = text.trim()
    if (trimmed !== '' && trimmed.length <= NOTE_CHARACTERS) return trimmed
    throw new InvalidArgumentError(actingWords[language].note.length(NOTE_CHARACTERS))
  }
