import type { Command } from 'commander'
import type { StackFile } from '../local/files.ts'
import { consoleOf } from './desk/place.ts'
import type { CliIo } from './io.ts'
import { findStack, type TargetOptions } from './target.ts'

const fileOptions = ['config', 'oncall'] as const
type FileOption = (typeof fileOptions)[number]

/**
 * Has a command that speaks to the local stack go by the files that this was started with, unless it names others: by the project's own it
 * would say that there are no such projects, policies and alerts.
 */
export function takeStacksFiles(command: Command, io: CliIo): void {
  // What a command shares with the one that it is below, such as --data of `override ls`, is read as that one's, wherever it is typed.
  const options: TargetOptions & Partial<Record<FileOption, string>> = command.optsWithGlobals()
  const takes = (option: string) => command.options.some(({ long }) => long === option)
  const isSpeaking = command.name() !== 'local' && takes('--data')
  if (!isSpeaking || options.stage !== undefined || options.region !== undefined) return
  if (takes('--console') && consoleOf(options, io) !== undefined) return
  const stack = stackOf(options, io)
  for (const name of fileOptions) {
    const file = stack?.[name]
    if (file !== undefined && options[name] === undefined) command.setOptionValueWithSource(name, file, 'default')
  }
}

/** Whoever needs one whose file can't be read is told so then. */
function stackOf(options: TargetOptions, io: CliIo): StackFile | undefined {
  try {
    return findStack(options, io)
  } catch {
    return undefined
  }
}
