import { writeFile } from 'node:fs/promises'
import { relative } from 'node:path'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { oneLine } from '../../shared/messages/cut.ts'
import type { Outcome } from './carry-out.ts'
import { runFramework } from './framework.ts'
import { copyProject, removeCopy } from './workspace.ts'

/** A mistake in a configuration may have a page; the log has all of it. */
const REASON_CHARACTERS = 500

/** Runs the framework in a copy of the project. What it says is kept in `log`; its last word is how it went. */
export async function deployOne(
  args: string[],
  env: Env,
  { root, log, hear, signal }: { root: string; log: string; hear(line: string): void; signal: AbortSignal },
): Promise<Outcome> {
  if (signal.aborted) return { status: 'not tried', said: 'stopped' }
  const lines: string[] = []
  const cwd = await copyProject(root)
  const onLine = (line: string) => {
    lines.push(line)
    if (line.trim() !== '') hear(line.trim())
  }
  try {
    hear('packaging')
    const code = await runFramework({ args, cwd, env, signal, onLine })
    if (code === 0) return { status: 'deployed', said: marked(lines) ?? lastOf(lines) }
    const reason = signal.aborted ? 'stopped' : reasonIn(lines)
    return { status: 'failed', said: `${oneLine(reason, REASON_CHARACTERS)} (all of it: ${relative(root, log)})` }
  } finally {
    await writeFile(log, `${lines.join('\n')}\n`)
    await removeCopy(cwd)
  }
}

/** The last line that the framework marks as a success, without its mark. */
function marked(lines: string[]): string | undefined {
  return lines.findLast((line) => line.startsWith('✔ '))?.slice(2)
}

/** What stands below the framework's heading `Error:`, its lines as sentences or parts of a list; else the last line at all. */
export function reasonIn(lines: string[]): string {
  const [, ...below] = lines.slice(Math.max(0, lines.lastIndexOf('Error:')))
  const told = below.map((line) => line.trim()).filter((line) => line !== '')
  if (told.length === 0 || !lines.includes('Error:')) return lastOf(lines)
  return told.reduce((text, line) => text + (/[.:)]$/.test(text) ? ' ' : '; ') + line)
}

function lastOf(lines: string[]): string {
  return lines.findLast((line) => line.trim() !== '')?.trim() ?? 'it said nothing'
}
