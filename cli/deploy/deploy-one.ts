import { writeFile } from 'node:fs/promises'
import { relative } from 'node:path'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { LANGUAGE_VARIABLE, type Language } from '../../shared/contracts/words.ts'
import { oneLine } from '../../shared/messages/cut.ts'
import { deployWords } from '../words/deploy.ts'
import type { Outcome } from './carry-out.ts'
import type { runFramework } from './framework.ts'
import { withRemedy } from './remedy.ts'
import { isUnderWay, type StackStatus, untilSettled } from './stack.ts'
import { inCopy } from './workspace.ts'

/** A mistake in a configuration may have a page; the log has all of it. */
const REASON_CHARACTERS = 500

export interface DeployingIo {
  root: string
  language: Language
  /** Keeps what the framework says. */
  log: string
  /** On AWS, where CloudFormation works on whether anybody watches or not. */
  stack?: StackStatus
  /** Runs the framework. */
  run: typeof runFramework
  hear(line: string): void
  wait(ms: number): Promise<void>
  /** Aborted when whoever started it wants it to end. */
  signal: AbortSignal
}

/** Runs the framework in a copy of the project. Its last word is how it went. */
export async function deployOne(args: string[], env: Env, io: DeployingIo): Promise<Outcome> {
  const { root, log, stack, run, hear, signal, language } = io
  const say = deployWords[language]
  if (stack) await untilSettled(stack, io)
  if (signal.aborted) return { status: 'not tried', said: say.stopped }
  const lines: string[] = []
  const onLine = (line: string) => {
    lines.push(line)
    if (line.trim() !== '') hear(line.trim())
  }
  hear(say.packaging)
  const code = await inCopy(root, (cwd) =>
    run({ args, cwd, env: { ...env, [LANGUAGE_VARIABLE]: language }, signal, onLine }),
  )
  // How it went is told also where it can't be kept.
  const where = await writeFile(log, `${lines.join('\n')}\n`).then(
    () => say.allOfIt(relative(root, log)),
    (error: Error) => say.notKept(error.message),
  )
  if (code === 0) return { status: 'deployed', said: marked(lines) ?? lastOf(lines) ?? say.nothing }
  if (signal.aborted) return { status: 'failed', said: await stopped(stack, language) }
  const reason = oneLine(reasonIn(lines) ?? say.nothing, REASON_CHARACTERS)
  return { status: 'failed', said: say.reason(stack ? withRemedy(reason, language) : reason, where) }
}

/** What goes on without us, and how to go on. */
async function stopped(stack: StackStatus | undefined, language: Language): Promise<string> {
  const status = await stack?.()
  const say = deployWords[language]
  return isUnderWay(status) ? say.goesOn(status) : say.stoppedAgain
}

/** The last line that the framework marks as a success, without its mark. */
function marked(lines: string[]): string | undefined {
  return lines.findLast((line) => line.startsWith('✔ '))?.slice(2)
}

/** What stands below the framework's heading `Error:`, its lines as sentences or parts of a list; else the last line at all. */
export function reasonIn(lines: string[]): string | undefined {
  const [, ...below] = lines.slice(Math.max(0, lines.lastIndexOf('Error:')))
  const told = below.map((line) => line.trim()).filter((line) => line !== '')
  if (told.length === 0 || !lines.includes('Error:')) return lastOf(lines)
  return told.reduce((text, line) => text + between(text) + line)
}

function between(text: string): string {
  if (/[。：）]$/.test(text)) return ''
  return /[.:)]$/.test(text) ? ' ' : '; '
}

function lastOf(lines: string[]): string | undefined {
  return lines.findLast((line) => line.trim() !== '')?.trim()
}
