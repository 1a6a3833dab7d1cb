import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import type { Handler } from '../shared/clouds/aws/lambda.ts'
import { withLog } from './logs.ts'

/** A deployed function, on this machine. */
export interface LocalFunction {
  name: string
  /** Runs the handler once. Rejects when it throws, or with `TimedOut` after its time. */
  invoke(event: unknown): Promise<unknown>
  close(): Promise<void>
}

export class TimedOut extends Error {
  constructor(name: string, timeoutMs: number) {
    super(`${name} timed out after ${timeoutMs / 1000} s`)
    this.name = 'TimedOut'
  }
}

/**
 * A function that is wired at its first run, as a cold start does it, and keeps a log of its own.
 * A run that takes too long counts as failed, but can't be killed as Lambda would: it shares this process.
 */
export function localFunction(options: {
  name: string
  timeoutMs: number
  wire(): Promise<Handler>
  logFolder: string
  now(): number
  /** Told of every line that it logs. */
  onLine(line: string): void
  /** Told of every run that failed. */
  onError(name: string, error: unknown): void
}): LocalFunction {
  const { name, timeoutMs, now } = options
  const log = createWriteStream(join(options.logFolder, `${name}.log`), { flags: 'a' })
  const write = (line: string) => {
    // A run that outlives its time may still write after the end.
    if (!log.writableEnded) log.write(`${new Date(now()).toISOString()} ${line}\n`)
    options.onLine(line)
  }
  let handler: Promise<Handler> | undefined

  async function run(event: unknown): Promise<unknown> {
    handler ??= options.wire()
    const ready = await handler.catch((error: unknown) => {
      handler = undefined
      throw error
    })
    const awsRequestId = randomUUID()
    const end = now() + timeoutMs
    return ready(event, { awsRequestId, functionName: name, getRemainingTimeInMillis: () => Math.max(0, end - now()) })
  }

  return {
    name,
    async invoke(event) {
      let timer: NodeJS.Timeout | undefined
      const tooLate = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new TimedOut(name, timeoutMs)), timeoutMs)
      })
      try {
        return await Promise.race([withLog(write, () => run(event)), tooLate])
      } catch (error) {
        write(error instanceof Error ? (error.stack ?? error.message) : String(error))
        options.onError(name, error)
        throw error
      } finally {
        clearTimeout(timer)
      }
    },
    close: () => new Promise((done) => log.end(() => done())),
  }
}
