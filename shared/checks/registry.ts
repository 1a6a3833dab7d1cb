import { dns } from './dns.ts'
import { http } from './http.ts'
import { kafkaLag } from './kafka-lag.ts'
import type { CheckKind } from './kind.ts'
import { tcp } from './tcp.ts'
import { tls } from './tls.ts'
import { vantagePoints } from './vantage-points.ts'

/** The running halves of all check kinds, by their name. One line per kind. */
export const checkKinds: Record<string, CheckKind<unknown>> = {
  http,
  tcp,
  tls,
  dns,
  'kafka-lag': kafkaLag,
  'vantage-points': vantagePoints,
}
