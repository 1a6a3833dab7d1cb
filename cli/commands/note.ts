import { type Command, InvalidArgumentError } from 'commander'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { engineOf, storeOf } from '../engine.ts'
import { FINE } from '../failure.ts'
import { actorOf, findIncident, numberOf, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'

type NoteOptions = TargetOptions & { as?: string; json?: true }

/** A note is a line of the timeline, not a report. */
const NOTE_CHARACTERS = 1024

export function addNote(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('note')
    .description("Add a line to an incident's timeline")
    .argument('<number>', 'of the incident, such as 1024', numberOf)
    .argument('<text>', `in quotes, at most ${NOTE_CHARACTERS} characters`, textOf)
    .option('--as <contact>', 'who you are in oncall.yml (default: the user of this machine)')
    .option('--json', 'one object for machines')
  addTargetOptions(command)
    .addHelpText('after', '\nExample:\n  bin/fenghuo.js note 1024 "rolled back to v41" --as lin')
    .action(async (number: number, text: string, options: NoteOptions) => {
      await note(number, text, options, io)
      done(FINE)
    })
}

async function note(number: number, text: string, options: NoteOptions, io: CliIo): Promise<void> {
  const target = findTarget(options, io)
  const found = await findIncident(number, storeOf(target, io), target)
  const by = await actorOf(options.as, found.project, target, io)
  const event = { type: 'note', generation: found.generation, by: by.name, text } as const
  await dispatchToIncident(found, { event }, await engineOf(target, io))
  if (options.json) return io.out(JSON.stringify({ number, by, text }, null, 2))
  io.out(`Noted in ${titleOf(found, io)}, by ${by.name}.`)
}

function textOf(text: string): string {
  const trimmed = text.trim()
  if (trimmed !== '' && trimmed.length <= NOTE_CHARACTERS) return trimmed
  throw new InvalidArgumentError(`should be 1 to ${NOTE_CHARACTERS} characters.`)
}
