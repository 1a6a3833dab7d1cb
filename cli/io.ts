import { randomUUID } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import { createInterface } from 'node:readline/promises'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Env } from '../shared/clouds/aws/lambda.ts'
import { type Instant, type Language, languageOf } from '../shared/contracts/words.ts'
import { interrupts, runProgram } from './run-program.ts'

/** What commands use of the world; tests hand in their own. */
export interface CliIo {
  /** The project's folder. */
  root: string
  /** Files named on the command line are relative to it. */
  cwd: string
  env: Env
  /** Of whoever sits at the terminal. */
  user: string
  /** What this machine is called. */
  host: string
  language: Language
  /** IANA name. */
  timezone: string
  now(): Instant
  randomId(): string
  /** Rejects as soon as the signal is given. */
  wait(ms: number, signal?: AbortSignal): Promise<void>
  /** Writes lines to standard output: the answer. */
  out(lines: string): void
  /** Writes lines to standard error: everything else. */
  err(lines: string): void
  /** Redraws one line on the terminal, an empty text takes it away; absent where standard error is none. */
  progress?(line: string): void
  /** The terminal that standard output is; absent where it is none. */
  screen?: Screen
  /** Calls `stop` at Ctrl-C, or when told to end; the function that it gives takes that back. */
  onInterrupt(stop: () => void): () => void
  /** Ends the process soon with this code, whatever still waits for an answer; absent where the process goes on. */
  leave?(code: number): void
  /** Asks yes or no; absent where nobody sits at the terminal. */
  confirm?(question: string): Promise<boolean>
  /** Runs a program with this terminal, and resolves with its exit code; rejects if it can't be started; absent where none may be run. */
  run?(command: string[]): Promise<number>
  /** All of standard input; absent where it is a terminal. */
  readInput?(): Promise<string>
}

/** A terminal that can be drawn on. */
export interface Screen {
  size(): { columns: number; rows: number }
  /** Shows these lines alone, over the last ones. */
  draw(lines: string[]): void
  /** Gives back what stood there before the first drawing. */
  leave(): void
}

/** Takes a command's exit code. */
export type Done = (code: number) => void

/** The world as it is. */
export function systemIo(): CliIo {
  const { stdin, stdout, stderr, env } = process
  // Whoever reads the answer may have read enough, as `head` does.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    throw error
  })
  return {
    root: fileURLToPath(new URL('../', import.meta.url)),
    cwd: process.cwd(),
    env,
    user: userName(),
    host: hostname(),
    language: languageOf(env),
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    now: Date.now,
    randomId: randomUUID,
    wait: (ms, signal) => wait(ms, undefined, { ...(signal && { signal }) }),
    out: (lines) => void stdout.write(`${lines}\n`),
    err: (lines) => void stderr.write(`${lines}\n`),
    ...(stderr.isTTY && { progress: (line: string) => void stderr.write(`\r\x1b[K${line}`) }),
    ...(stdout.isTTY && { screen: screenOf(stdout) }),
    onInterrupt(stop) {
      // Not once: Ctrl-C may come twice, from the terminal and from the process that started this one.
      for (const signal of interrupts) process.on(signal, stop)
      return () => {
        for (const signal of interrupts) process.off(signal, stop)
      }
    },
    leave: (code) => void setTimeout(() => process.exit(code), LEAVING_MS).unref(),
    run: runProgram,
    ...(stdin.isTTY && stderr.isTTY && { confirm: ask }),
    ...(!stdin.isTTY && { readInput: () => text(stdin) }),
  }
}

/** Time for what was written to arrive. */
const LEAVING_MS = 300

/** Drawing is on the terminal's other screen (xterm, "Alternate Screen Buffer"): what was written before stays as it is. */
function screenOf(stdout: NodeJS.WriteStream): Screen {
  let isDrawn = false
  return {
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
    draw(lines) {
      const start = isDrawn ? '' : '\x1b[?1049h\x1b[?25l'
      isDrawn = true
      stdout.write(`${start}\x1b[H${lines.map((line) => `${line}\x1b[K`).join('\r\n')}\x1b[J`)
    },
    leave() {
      if (isDrawn) stdout.write('\x1b[?25h\x1b[?1049l')
      isDrawn = false
    },
  }
}

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  // Ctrl-D ends the input without an answer.
  const ended = new Promise<string>((done) => terminal.once('close', () => done('')))
  const answer = await Promise.race([terminal.question(`${question} [y/N] `), ended])
  terminal.close()
  return /^y(es)?$/i.test(answer.trim())
}

/** A container's user may have no name. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return process.env.USER || 'somebody'
  }
}
