import { dns } from './dns/run.ts'
import { domain } from './domain/run.ts'
import { grpc } from './grpc/run.ts'
import { http } from './http/run.ts'
import { kafkaLag } from './kafka-lag/run.ts'
import type { CheckKind } from './kind.ts'
import { tcp } from './tcp/run.ts'
import { tls } from './tls/run.ts'
import { vantagePoints } from './vantage-points/run.ts'
import { webSocket } from './websocket/run.ts'

/** The running halves of all check kinds, by their name. One line per kind. */
export const checkKinds: Record<string, CheckKind<unknown>> = {
  http,
  tcp,
  tls,
  dns,
  domain,
  websocket: webSocket,
  grpc,
  'kafka-lag': kafkaLag,
  'vantage-points': vantagePoints,
}
