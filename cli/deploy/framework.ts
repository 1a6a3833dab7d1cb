import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { stripVTControlCharacters } from 'node:util'
import type { Env } from '../../shared/clouds/aws/lambda.ts'

export interface FrameworkRun {
  args: string[]
  cwd: string
  env: Env
  onLine(line: string): void
  /** Tells the framework to stop, as Ctrl-C does. */
  signal: AbortSignal
}

/** Runs the Serverless Framework. Resolves with its exit code, or 1 if it was ended; rejects if it can't be started. */
export function runFramework({ args, cwd, env, onLine, signal }: FrameworkRun): Promise<number> {
  const program = createRequire(import.meta.url).resolve('serverless/bin/serverless.js')
  // It takes the terminal's width and colours for granted where it sees one.
  const child = spawn(process.execPath, [program, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => onLine(stripVTControlCharacters(line).trimEnd()))
  }
  const stop = () => child.kill('SIGINT')
  signal.addEventListener('abort', stop)
  return new Promise<number>((done, failed) => {
    child.once('error', failed)
    child.once('close', (code) => done(code ?? 1))
  }).finally(() => signal.removeEventListener('abort', stop))
}
