import { randomUUID } from 'node:crypto'
import type { Running } from './pollers.ts'
import { localAccount } from './variables.ts'

/** The event that a schedule gives to Lambda (EventBridge user guide, "Scheduled events"). */
export function scheduledEvent(name: string, region: string, at: number): unknown {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: localAccount,
    time: `${new Date(at).toISOString().slice(0, 19)}Z`,
    region,
    resources: [`arn:aws:events:${region}:${localAccount}:rule/${name}`],
    detail: {},
  }
}

/** Runs `task` now and then every `everyMs`. A run that is still going when the next is due makes that one wait, never overlap. */
export function startTimer(everyMs: number, task: () => Promise<unknown>): Running {
  let stopped = false
  let waiting: NodeJS.Timeout | undefined
  let due = performance.now()
  let current = tick()

  async function tick(): Promise<void> {
    // A failed run has been told of where it failed; the next one comes all the same.
    await task().catch(() => undefined)
    if (stopped) return
    due = Math.max(due + everyMs, performance.now())
    waiting = setTimeout(() => {
      current = tick()
    }, due - performance.now())
  }

  return {
    async stop() {
      stopped = true
      clearTimeout(waiting)
      await current
    },
  }
}
