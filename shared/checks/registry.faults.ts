import type { Fact } from '../contracts/fact.ts'
import type { Language } from '../contracts/words.ts'
import { type DnsFault, dnsWording } from './dns/faults.ts'
import { heartbeatWording } from './heartbeat/faults.ts'
import { type HttpFault, httpWording } from './http/faults.ts'
import { judgedWording } from './judged/faults.ts'
import { type KafkaLagFault, kafkaLagWording } from './kafka-lag/faults.ts'
import { type RunFault, runWording } from './run/faults.ts'
import { type TcpFault, tcpWording } from './tcp/faults.ts'
import { type TlsFault, tlsWording } from './tls/faults.ts'
import { type VantagePointsFault, vantagePointsWording } from './vantage-points/faults.ts'

/** Every fault that a running check may come to. */
export type CheckFault = RunFault | HttpFault | TcpFault | TlsFault | DnsFault | KafkaLagFault | VantagePointsFault

/** Any owner's words by code. That they fit their arguments is proven where they are written. */
export type Words = Record<
  string,
  Record<Language, (args: never, say: (fact: Fact) => string) => string> & { saysTime?: true }
>

/** The words of all check kinds, by their name. One line per kind. */
export const checkWords: Record<string, Words> = {
  http: httpWording,
  tcp: tcpWording,
  tls: tlsWording,
  dns: dnsWording,
  heartbeat: heartbeatWording,
  'kafka-lag': kafkaLagWording,
  'vantage-points': vantagePointsWording,
}

/** Words for what may be said of a check of any kind. */
export const anyWords: Words = { ...runWording, ...judgedWording }
