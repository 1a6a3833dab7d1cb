// Made by `npx node cli/schema.ts` from shared/checks/registry.ts and the files of each folder; a test compares.

import { accountConfig } from '../account/config.ts'
import { dnsConfig } from '../dns/config.ts'
import { domainConfig } from '../domain/config.ts'
import { grpcConfig } from '../grpc/config.ts'
import { heartbeatConfig } from '../heartbeat/config.ts'
import { httpConfig } from '../http/config.ts'
import { kafkaLagConfig } from '../kafka-lag/config.ts'
import type { CheckKindConfig } from '../kind.ts'
import { lexConfig } from '../lex/config.ts'
import { tcpConfig } from '../tcp/config.ts'
import { tlsConfig } from '../tls/config.ts'
import { vantagePointsConfig } from '../vantage-points/config.ts'
import { websocketConfig } from '../websocket/config.ts'

/** What describes each kind of check, for configuration and documentation. */
export const checkKindConfigs: CheckKindConfig<unknown>[] = [
  httpConfig,
  tcpConfig,
  tlsConfig,
  dnsConfig,
  domainConfig,
  websocketConfig,
  grpcConfig,
  heartbeatConfig,
  kafkaLagConfig,
  lexConfig,
  vantagePointsConfig,
  accountConfig,
]
