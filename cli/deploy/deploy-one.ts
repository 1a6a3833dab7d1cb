import { writeFile } from 'node:fs/promises'
import { relative } from 'node:path'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import type { Outcome } from './carry-out.ts'
import { runFramework } from './framework.ts'
import { copyProject, removeCopy } from './workspace.ts'

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
    if (code === 0) return { status: 'deployed', said: lastWord(lines, /^✔ /) }
    const reason = signal.aborted ? 'stopped' : lastWord(lines, /^(✖|Error:?) /)
    return { status: 'failed', said: `${reason} (all of it: ${relative(root, log)})` }
  } finally {
    await writeFile(log, `${lines.join('\n')}\n`)
    await removeCopy(cwd)
  }
}

/** The last line with that mark, without it; else the last line at all. */
function lastWord(lines: string[], mark: RegExp): string {
  const told = lines.findLast((line) => mark.test(line))
  return (told?.replace(mark, '') ?? lines.findLast((line) => line.trim() !== '') ?? 'it said nothing').trim()
}
