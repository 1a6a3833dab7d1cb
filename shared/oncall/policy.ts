import type { CompiledPolicy } from '../contracts/compiled-config.ts'
import { perSeverity } from '../contracts/severities.ts'

/** What a layer is unless it says otherwise. */
export const layerDefaults = { calls: 2, ackTimeout: '5m', ackTimeoutMs: 5 * 60_000 }

/** What a policy is unless it says otherwise. */
export const policyDefaults = {
  rounds: 2,
  repeatEvery: '30m',
  repeatEveryMs: 30 * 60_000,
  /** Alertmanager's default (Prometheus documentation, "Alerting configuration", `repeat_interval`). */
  remindEvery: '4h',
  remindEveryMs: 4 * 3_600_000,
  acknowledgeOn: 'key' as const,
  channels: perSeverity(({ reach }): CompiledPolicy['channels']['critical'] => [...reach]),
}

/** The policy of a project that only has a row of the seed's contacts table: one layer per attribute, in their order. */
export function defaultPolicy(layers: string[]): CompiledPolicy {
  const { calls, ackTimeoutMs } = layerDefaults
  const { rounds, repeatEveryMs, acknowledgeOn, channels } = policyDefaults
  return {
    layers: layers.map((name) => ({ page: [name], calls, ackTimeoutMs })),
    rounds,
    repeatEveryMs,
    acknowledgeOn,
    channels,
  }
}
