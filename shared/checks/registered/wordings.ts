// Made by `npx node cli/schema.ts` from shared/checks/registry.ts and the files of each folder; a test compares.

import { accountWording } from '../account/faults.ts'
import { dnsWording } from '../dns/faults.ts'
import { domainWording } from '../domain/faults.ts'
import { grpcWording } from '../grpc/faults.ts'
import { heartbeatWording } from '../heartbeat/faults.ts'
import { httpWording } from '../http/faults.ts'
import { kafkaLagWording } from '../kafka-lag/faults.ts'
import type { WordsByCode } from '../kind.ts'
import { lexWording } from '../lex/faults.ts'
import { tcpWording } from '../tcp/faults.ts'
import { tlsWording } from '../tls/faults.ts'
import { vantagePointsWording } from '../vantage-points/faults.ts'
import { websocketWording } from '../websocket/faults.ts'

/** The words for the faults of each kind of check. */
export const checkWords = {
  http: httpWording,
  tcp: tcpWording,
  tls: tlsWording,
  dns: dnsWording,
  domain: domainWording,
  websocket: websocketWording,
  grpc: grpcWording,
  heartbeat: heartbeatWording,
  'kafka-lag': kafkaLagWording,
  lex: lexWording,
  'vantage-points': vantagePointsWording,
  account: accountWording,
} satisfies Record<string, WordsByCode>
