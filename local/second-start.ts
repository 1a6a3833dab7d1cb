import { join } from 'node:path'
import { runningStack, type StackFile } from './files.ts'
import { StartError } from './start-error.ts'

/** Throws `StartError`, saying what to do, while a stack runs on these data: two would deliver each message twice. */
export function refuseSecondStart(dataDir: string): void {
  const running = readRunning(dataDir)
  if (!running) return
  const port = Number(new URL(running.console).port)
  const beside = `npm start -- --port ${port + 1} --data .fenghuo-${port + 1}`
  throw new StartError({
    en: `a local stack runs already at ${running.console} (process ${running.pid}). Use that one, stop it, or start another beside it: ${beside}`,
    zh: `已有本地栈在 ${running.console} 运行（进程 ${running.pid}）。用它，停掉它，或另起一个：${beside}`,
  })
}

function readRunning(dataDir: string): StackFile | undefined {
  try {
    return runningStack(dataDir)
  } catch (error) {
    const file = join(dataDir, 'stack.json')
    throw new StartError({
      en: `${file} can't be read (${String(error)}): stop the stack that runs there, or remove the file`,
      zh: `读不了 ${file}（${String(error)}）：停掉在那里运行的本地栈，或删除这个文件`,
    })
  }
}
