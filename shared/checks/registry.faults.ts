import type { Fact } from '../contracts/fact.ts'
import type { Language } from '../contracts/words.ts'
import { dnsWording } from './dns/faults.ts'
import { domainWording } from './domain/faults.ts'
import { evaluationWording } from './evaluated/faults.ts'
import { grpcWording } from './grpc/faults.ts'
import { heartbeatWording } from './heartbeat/faults.ts'
import { httpWording } from './http/faults.ts'
import { kafkaLagWording } from './kafka-lag/faults.ts'
import type { PlaceNaming } from './kind.ts'
import { runWording } from './run/faults.ts'
import { tcpWording } from './tcp/faults.ts'
import { tlsWording } from './tls/faults.ts'
import { vantagePointsWording } from './vantage-points/faults.ts'
import { nodeNaming } from './vantage-points/node-names.ts'
import { webSocketWording } from './websocket/faults.ts'

/** Any owner's words by code. That they fit their arguments is proven where they are written. */
export type WordsByCode = Record<
  string,
  Record<Language, (args: never, say: (fact: Fact) => string) => string> & { saysTime?: true }
>

/** The words of all check kinds, by their name. One line per kind. */
export const checkWords = {
  http: httpWording,
  tcp: tcpWording,
  tls: tlsWording,
  dns: dnsWording,
  domain: domainWording,
  websocket: webSocketWording,
  grpc: grpcWording,
  heartbeat: heartbeatWording,
  'kafka-lag': kafkaLagWording,
  'vantage-points': vantagePointsWording,
} satisfies Record<string, WordsByCode>

/** The names of places, of the kinds that have some of their own. */
export const placeNamings: PlaceNaming[] = [nodeNaming]

/** Words for what may be said of a check of any kind. */
export const anyWords: WordsByCode = { ...runWording, ...evaluationWording }

/** The facts that a wording has words for. */
type FactsOf<W> = { [Code in keyof W & string]: Fact<Code, ArgsOf<W[Code]>> }[keyof W & string]

type ArgsOf<Words> = Words extends { en: (args: infer Args extends object, ...rest: never[]) => string } ? Args : never

type ByKind = { [Kind in keyof typeof checkWords]: FactsOf<(typeof checkWords)[Kind]> }

/** Every fault that a running check may come to. */
export type CheckFault = FactsOf<typeof runWording> | ByKind[keyof ByKind]
