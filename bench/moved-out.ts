import { join } from 'node:path'
import { contactFlowId } from '../local/resources.ts'
import { type Harness, root } from './harness.ts'
import { bundleFunction, type Invoked, type Lambda, startLambda } from './lambda.ts'
import { peakMiB } from './process-usage.ts'

/**
 * So many instances of each function are there when the storm begins. On Lambda new ones load at the same time on processors of their own,
 * within the second that `cold` measures; here they would share two with the tables, the queues and everything else.
 */
const INSTANCES = 6

/** As serverless.yml has it. */
const timeoutsMs = { evaluate: 30_000, page: 15_000 }

/** Node is given what Lambda leaves it of 512 MB. */
const memoryArgument = '--max-old-space-size=448'

/** Runs evaluate and page as Lambda does: packaged, in processes of their own, with their memory. */
export async function moveOut(harness: Harness) {
  const { queues, tables, console } = harness.addresses
  const invoked: Record<keyof typeof timeoutsMs, Invoked[]> = { evaluate: [], page: [] }
  const running: Lambda[] = []
  for (const name of ['evaluate', 'page'] as const) {
    const bundle = await bundleFunction(root, name, join(harness.dataDir, 'bundles'))
    const env = {
      ...harness.env,
      NODE_OPTIONS: memoryArgument,
      FENGHUO_CONFIG: join(harness.dataDir, 'config', `${name}.json`),
      FENGHUO_SECRET: harness.secret,
      EVENTS_QUEUE_URL: queues.events ?? '',
      EVENTS_DLQ_URL: queues.eventsDlq ?? '',
      OVERFLOW_QUEUE_URL: queues.overflow ?? '',
      ESCALATION_QUEUE_URL: queues.escalation ?? '',
      ESCALATION_DLQ_URL: queues.escalationDlq ?? '',
      CONTACTS_TABLE: tables.contacts ?? '',
      INCIDENTS_TABLE: tables.incidents ?? '',
      CHECKS_TABLE: tables.checks ?? '',
      CONTACT_FLOW_ID: contactFlowId,
      ACKNOWLEDGE_URL: console,
    }
    const lambda = startLambda(bundle, env, timeoutsMs[name])
    running.push(lambda)
    harness.hosts[name] = async (event) => {
      const answer = await lambda.invoke(event)
      invoked[name].push(answer)
      if (answer.ms > timeoutsMs[name]) throw new Error(`${name} took ${Math.round(answer.ms)} ms: Lambda had ended it`)
      return answer.answer
    }
  }
  const peakOf = async (name: keyof typeof timeoutsMs) => {
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
