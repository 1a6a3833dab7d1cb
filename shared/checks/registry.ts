import { dns } from './dns.ts'
import { http } from './http.ts'
import { kafkaLag } from './kafka-lag.ts'
import type { CheckKind } from './kind.ts'
import { tcp } from './tcp.ts'
import { tls } from './tls.ts'

/** The running halves of all check kinds, by their name. One line per kind. */
export const checkKinds: Record<string, CheckKind<unknown>> = {
  http,
  tcp,
  tls,
  dns,
  'kafka-lag': kafkaLag,
  'vantage-points': loaded('vantage-points', async () => (await import('./vantage-points.ts')).vantagePoints),
}

/** A kind of which most probes have no check: it is loaded when one runs. */
function loaded<Spec>(kind: string, load: () => Promise<CheckKind<Spec>>): CheckKind<Spec> {
  return {
    kind,
    async run(check, io, deadline) {
      const { run } = await load()
      return run(check, io, deadline)
    },
  }
}
