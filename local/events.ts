import { fits } from '../shared/ingest/aws/pattern.ts'
import { pattern as eventPattern } from '../shared/ingest/aws/pattern-schema.ts'
import type { Definition } from './definition.ts'
import type { Resources } from './intrinsics.ts'
import type { LocalFunction } from './invoke.ts'

/** Lambda tries an asynchronous invocation that failed twice more, after 1 and 2 minutes; here it waits seconds. */
const retryAfterMs = [1000, 2000]

/** Takes EventBridge events to the functions whose rules they fit. */
export interface EventBus {
  /** Resolves with the names of the functions that took the event. Rejects when one of them failed for good. */
  put(event: unknown): Promise<string[]>
}

export function eventBus(
  definition: Definition,
  resources: Resources,
  functions: Record<string, LocalFunction>,
): EventBus {
  const rules = Object.values(definition.functions).flatMap(({ name, rules }) =>
    rules.map((pattern) => ({ name, pattern: eventPattern.parse(pattern(resources)) })),
  )
  return {
    async put(event) {
      const names = [...new Set(rules.filter(({ pattern }) => fits(pattern, event)).map(({ name }) => name))]
      await Promise.all(names.map((name) => invokeAsync(functions[name], event)))
      return names
    },
  }
}

async function invokeAsync(target: LocalFunction | undefined, event: unknown): Promise<void> {
  for (const wait of [...retryAfterMs, undefined]) {
    try {
      await target?.invoke(event)
      return
    } catch (error) {
      if (wait === undefined) throw error
      await new Promise((done) => setTimeout(done, wait).unref())
    }
  }
}
