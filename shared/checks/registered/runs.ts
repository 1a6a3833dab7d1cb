// Made by `npx node cli/schema.ts` from shared/checks/registry.ts and the files of each folder; a test compares.

import { account } from '../account/run.ts'
import { dns } from '../dns/run.ts'
import { domain } from '../domain/run.ts'
import { grpc } from '../grpc/run.ts'
import { http } from '../http/run.ts'
import { kafkaLag } from '../kafka-lag/run.ts'
import type { CheckKind } from '../kind.ts'
import { lex } from '../lex/run.ts'
import { tcp } from '../tcp/run.ts'
import { tls } from '../tls/run.ts'
import { vantagePoints } from '../vantage-points/run.ts'
import { websocket } from '../websocket/run.ts'

/** What runs each kind of check that probes run: they carry it. */
export const checkKinds: Record<string, CheckKind<unknown>> = {
  http,
  tcp,
  tls,
  dns,
  domain,
  websocket,
  grpc,
  'kafka-lag': kafkaLag,
  lex,
  'vantage-points': vantagePoints,
  account,
}
