import type { Cloud } from './state.ts'

/** Keeps a task that no call waits for, until it is through: `settled` and `close` wait for it. */
export function inBackground({ running }: Cloud, task: Promise<unknown>): void {
  const kept: Promise<unknown> = task.finally(() => running.delete(kept))
  running.add(kept)
}
