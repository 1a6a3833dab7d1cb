import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InvalidArgumentError } from 'commander'
import type { StackEvent } from '../../local/journal.ts'
import type { ChannelMode } from '../../local/sandboxes.ts'
import { type Stack, startStack } from '../../local/stack.ts'
import { StartError } from '../../local/start-error.ts'
import type { Language } from '../../shared/contracts/words.ts'
import type { SpokenCommand } from '../command.ts'
import { FAILED, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { commonWords } from '../words/common.ts'
import { localWords } from '../words/local.ts'

export interface LocalOptions {
  port: number
  data?: string
  config?: string
  oncall?: string
  check?: string
}

/** Runs the local stack until it is told to stop (SIGINT or SIGTERM). Resolves with the exit code. */
async function localCommand(options: LocalOptions, { language }: CliIo): Promise<number> {
  const say = localWords[language]
  const root = fileURLToPath(new URL('../../', import.meta.url))
  let stack: Stack
  try {
    stack = await startStack({
      root,
      dataDir: named(options.data, '.fenghuo'),
      port: options.port,
      config: named(options.config, 'fenghuo.yml'),
      oncall: named(options.oncall, 'oncall.yml'),
      ...(options.check !== undefined && { url: options.check }),
      env: process.env,
      now: Date.now,
      interactive: true,
      onEvent: tell,
    })
  } catch (error) {
    console.error(startFailure(error, options.port, language))
    return FAILED
  }
  for (const line of channelLines(stack.sandboxes.channels, language)) console.log(line)
  if (stack.unset.length > 0) console.error(say.unset(stack.unset.join(', ')))
  console.log(say.runsAt(stack.addresses.console))
  await stopSignal()
  // What is still under way fails when its servers go: the queues keep their messages, so that is no fault of the stop.
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) process.on(event, () => undefined)
  await stack.stop()
  // A check or a call to a vendor that is still waiting must not keep the process.
  setTimeout(() => process.exit(FINE), 300).unref()
  return FINE
}

/** What is named on the command line is relative to where that is typed, the usual to the project. */
function named(given: string | undefined, usual: string): string {
  return given === undefined ? usual : resolve(given)
}

/** Adds `fenghuo local` to a program. */
export function addLocal(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = localWords[io.language]
  const common = commonWords[io.language]
  program
    .command('local')
    .description(say.about)
    .option('--port <number>', say.port, portOf(io.language), 4700)
    .option('--data <folder>', say.data)
    .option('--config <file>', common.config)
    .option('--oncall <file>', common.oncall)
    .option('--check <url>', say.check)
    .addHelpText('after', `\n${say.notes}`)
    .action(async (options: LocalOptions) => done(await localCommand(options, io)))
}

const portOf =
  (language: Language) =>
  (text: string): number => {
    const port = Number(text)
    if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
    throw new InvalidArgumentError(localWords[language].notPort)
  }

function startFailure(error: unknown, port: number, language: Language): string {
  if (error instanceof StartError) return `fenghuo: ${error.words[language]}`
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `fenghuo: ${localWords[language].taken(port)}`
  }
  return `fenghuo: ${error instanceof Error ? (error.stack ?? error.message) : error}`
}

function channelLines(channels: ChannelMode[], language: Language): string[] {
  const { mode } = localWords[language]
  const named = (wanted: ChannelMode['mode']) =>
    channels.flatMap((channel) => (channel.mode === wanted ? [channel.name] : [])).join(', ')
  return [
    [mode.sandbox, named('sandbox')],
    [mode.real, named('real')],
    [mode.given, named('given')],
  ].flatMap(([label, names]) => (names ? [`${label}${names}`] : []))
}

function tell(event: StackEvent): void {
  if (event.type !== 'failed') return
  const { function: name, error } = event
  console.error(`${name}: ${error instanceof Error ? error.message : error}`)
}

function stopSignal(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done())
  })
}
