import { dnsConfig } from './dns/config.ts'
import { domainConfig } from './domain/config.ts'
import { grpcConfig } from './grpc/config.ts'
import { heartbeatConfig } from './heartbeat/config.ts'
import { httpConfig } from './http/config.ts'
import { kafkaLagConfig } from './kafka-lag/config.ts'
import type { CheckKindConfig } from './kind.ts'
import { tcpConfig } from './tcp/config.ts'
import { tlsConfig } from './tls/config.ts'
import { vantagePointsConfig } from './vantage-points/config.ts'
import { webSocketConfig } from './websocket/config.ts'

/** The describing halves of all check kinds, for configuration and documentation. One line per kind. */
export const checkKindConfigs: CheckKindConfig<unknown>[] = [
  httpConfig,
  tcpConfig,
  tlsConfig,
  dnsConfig,
  domainConfig,
  webSocketConfig,
  grpcConfig,
  heartbeatConfig,
  kafkaLagConfig,
  vantagePointsConfig,
]
