import type { AnswerFault } from '../../../shared/checks/network/answer-faults.ts'
import type { ApiFault } from '../../../shared/checks/network/api-faults.ts'
import type { NetworkFault } from '../../../shared/checks/network/faults.ts'
import { type FaultSamples, QUOTED } from '../fault-samples.ts'

export const networkSamples: FaultSamples<NetworkFault> = {
  timeout: [
    { limitMs: 5_000 },
    ...(['dns', 'connect', 'tls', 'firstByte', 'download'] as const).map((waitingFor) => ({
      limitMs: 700,
      waitingFor,
    })),
  ],
  'connection-refused': [{}],
  'connection-reset': [{}],
  'connection-timed-out': [{}],
  'connection-closed': [{}],
  'closed-without-response': [{}],
  'connection-failed': [{ said: QUOTED }],
  'host-unreachable': [{}],
  'network-unreachable': [{}],
  'no-ip-address': [{ ipVersion: 6 }],
  'metadata-refused': [{ address: '169.254.169.254' }],
  'received-over-limit': [{ bytes: 16_777_216 }],
  'redirect-inward': [{ address: '10.0.0.7' }],
  'dns-failed': (
    [
      'malformed-answer',
      'no-server',
      'not-understood',
      'no-address',
      'no-such-host',
      'not-implemented',
      'refused',
      'server-failed',
      'no-answer',
    ] as const
  ).map((why) => ({ why })),
  'dns-error': [{ error: QUOTED }],
  'not-tls': [{}],
  'tls-failed': [{ said: QUOTED }],
  'certificate-expired': [{ agoMs: 7_200_000 }, { agoMs: 900_000_000 }],
  'certificate-chain-expired': [{}],
  'certificate-not-yet-valid': [{ from: QUOTED }],
  'certificate-of-other': [
    { name: QUOTED, more: 0, host: QUOTED },
    { name: QUOTED, more: 2, host: QUOTED },
    { more: 0, host: QUOTED },
  ],
  'certificate-revoked': [{}],
  'certificate-untrusted': (
    ['weak-signature', 'self-signed', 'self-signed-issuer', 'issuer-unknown', 'chain-incomplete'] as const
  ).map((why) => ({ why })),
  'certificate-not-trusted': [{ said: QUOTED }],
  'key-too-weak': [{ of: 'RSA', bits: 1024, least: 2048 }],
  'client-key-mismatch': [{}],
  'certificate-unusable': [{ error: QUOTED }],
  'target-unusable': [{}],
  'dns-server-unusable': [{}],
  'dns-server-not-found': [{ host: QUOTED }],
  'variables-not-set': [{ names: [QUOTED, QUOTED] }],
  'probe-short-of': (['ports', 'files', 'buffers', 'memory'] as const).map((what) => ({ what })),
  'over-limit': (['latency', 'dns', 'connect', 'tls', 'firstByte', 'download'] as const).map((of) => ({
    of,
    tookMs: 900,
    limitMs: 800,
  })),
}

export const answerSamples: FaultSamples<AnswerFault> = {
  'answer-lacks': [
    { text: QUOTED, isCut: false },
    { text: QUOTED, isCut: true },
  ],
  'answer-lacks-in-time': [{ text: QUOTED, limitMs: 1_000 }],
}

export const apiSamples: FaultSamples<ApiFault> = {
  'api-not-reached': [{}, { error: QUOTED }],
  'api-no-answer': [{ error: QUOTED }],
  'api-status': [{ status: 500 }, { status: 429, error: QUOTED, againS: 1_800 }],
  'api-answer-over-limit': [{}],
  'api-answer-cut-short': [{}],
  'api-answer-encoding': [{ encoding: QUOTED }],
  'api-answer-damaged': [{}],
  'api-answer-malformed': [{}],
  'api-not-finished': [{ limitMs: 700 }],
  'api-failed': [{ said: QUOTED }],
}
