import { join } from 'node:path'
import { deployed, environmentOf } from './deployed.ts'
import { type Harness, root } from './harness.ts'
import { bundleFunction, type Invoked, type Lambda, startLambda } from './lambda.ts'
import { peakMiB } from './process-usage.ts'

/**
 * So many instances of each function are there when the storm begins. On Lambda new ones load at the same time on processors of their own,
 * within the second that `cold` measures; here they would share two with the tables, the queues and everything else.
 */
const INSTANCES = 6

const functions = ['evaluate', 'page'] as const
type Name = (typeof functions)[number]

/** Node is given what Lambda leaves it of 512 MB. */
const memoryArgument = '--max-old-space-size=448'

/** Runs evaluate and page as Lambda does: packaged, in processes of their own, with their memory. */
export async function moveOut(harness: Harness) {
  const invoked: Record<Name, Invoked[]> = { evaluate: [], page: [] }
  const running: Lambda[] = []
  for (const name of functions) {
    const bundle = await bundleFunction(root, name, join(harness.dataDir, 'bundles'))
    const env = { ...environmentOf(name, harness), NODE_OPTIONS: memoryArgument }
    const { timeoutMs } = deployed(name)
    const lambda = startLambda(bundle, env, timeoutMs)
    running.push(lambda)
    harness.hosts[name] = async (event) => {
      const answer = await lambda.invoke(event)
      invoked[name].push(answer)
      if (answer.ms > timeoutMs) throw new Error(`${name} took ${Math.round(answer.ms)} ms: Lambda had ended it`)
      return answer.answer
    }
  }
  const peakOf = async (name: Name) => {
    const pids = new Set(invoked[name].map(({ pid }) => pid))
    return Math.max(...(await Promise.all([...pids].map(peakMiB))))
  }
  return {
    async warm() {
      const nothing = { Records: [] }
      await Promise.all(running.flatMap((lambda) => Array.from({ length: INSTANCES }, () => lambda.invoke(nothing))))
    },
    async figures() {
      return {
        EvaluateLongestMs: Math.max(...invoked.evaluate.map(({ ms }) => ms)),
        EvaluateCpuMs: invoked.evaluate.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
        EvaluatePeakMiB: await peakOf('evaluate'),
        PageLongestMs: Math.max(...invoked.page.map(({ ms }) => ms)),
        PagePeakMiB: await peakOf('page'),
      }
    },
    stop() {
      for (const lambda of running) lambda.stop()
    },
  }
}
