import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Command, InvalidArgumentError } from 'commander'
import type { StackEvent } from '../../local/journal.ts'
import type { ChannelMode } from '../../local/sandboxes.ts'
import { type Stack, startStack } from '../../local/stack.ts'
import { StartError } from '../../local/start-error.ts'
import { FAILED, FINE } from '../failure.ts'

export interface LocalOptions {
  port: number
  data?: string
  config?: string
  oncall?: string
  check?: string
}

/** Runs the local stack until it is told to stop (SIGINT or SIGTERM). Resolves with the exit code. */
async function localCommand(options: LocalOptions): Promise<number> {
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
    console.error(startFailure(error, options.port))
    return FAILED
  }
  for (const line of channelLines(stack.sandboxes.channels)) console.log(line)
  if (stack.unset.length > 0)
    console.error(`not set in the environment, so what refers to it fails: ${stack.unset.join(', ')}`)
  console.log(`Fenghuo runs at ${stack.addresses.console}`)
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

const help = `
It plays the first vantage of each cloud in the configuration: function probe looks from AWS, tencent-uptime, tencent-latency and
tencent-kafka from Tencent Cloud, aliyun-uptime, aliyun-latency and aliyun-kafka from Alibaba Cloud, each by its own cloud's timer;
those without checks are left out. While it runs, POST /_local/invoke/<function> invokes any function:

  curl -d '{"all":true}' http://127.0.0.1:4700/_local/invoke/tencent-uptime

Each function's log is in .fenghuo/logs.`

/** Adds `fenghuo local` to a program. */
export function addLocal(program: Command, done: (code: number) => void): void {
  program
    .command('local')
    .description('Run the whole path on this machine: queues, tables, functions, and a phone that rings in the browser')
    .option('--port <number>', 'of the page', portOf, 4700)
    .option('--data <folder>', "where queues, tables and logs are kept (default: the project's .fenghuo)")
    .option('--config <file>', "what is watched (default: the project's fenghuo.yml)")
    .option('--oncall <file>', "who is on call (default: the project's oncall.yml)")
    .option('--check <url>', 'a URL to watch beside what the configuration has')
    .addHelpText('after', help)
    .action(async (options: LocalOptions) => done(await localCommand(options)))
}

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new InvalidArgumentError('should be 0 to 65535.')
}

function startFailure(error: unknown, port: number): string {
  if (error instanceof StartError) return `fenghuo: ${error.message}`
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `fenghuo: port ${port} is taken. Stop what listens there, or choose another: npm start -- --port ${port + 1}`
  }
  return `fenghuo: ${error instanceof Error ? (error.stack ?? error.message) : error}`
}

function channelLines(channels: ChannelMode[]): string[] {
  const named = (mode: ChannelMode['mode']) =>
    channels.flatMap((channel) => (channel.mode === mode ? [channel.name] : [])).join(', ')
  return [
    ['In a sandbox, nothing leaves this machine: ', named('sandbox')],
    ['REAL, people will be reached: ', named('real')],
    ['At the address that the environment gives: ', named('given')],
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
