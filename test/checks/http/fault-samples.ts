import type { HttpFault } from '../../../shared/checks/http/faults.ts'
import { type FaultSamples, QUOTED, refused } from '../fault-samples.ts'
import { networkSamples } from '../network/fault-samples.ts'
import { expirySamples } from '../tls/expiry-samples.ts'

/** What is the same word in both languages. */
export const sameInBoth = /HTTP\/2|https|JSON|UTF-8|content-encoding/

const irregularities = [
  'line-end',
  'folded-header',
  'control-character',
  'space-before-colon',
  'repeated-length',
  'length-and-encoding',
  'version',
  'chunk-line',
] as const
const malformations = ['not-http', 'header-line', 'length', 'chunk', 'interim-without-end'] as const

export const faultSamples: FaultSamples<HttpFault> = {
  ...networkSamples,
  ...expirySamples,
  'http-status': [
    { status: 502 },
    {
      status: 302,
      expected: [
        [200, 299],
        [304, 304],
      ],
    },
  ],
  'header-missing': [{ header: QUOTED }],
  'header-unwanted': [{ header: QUOTED }],
  'header-lacks': [{ header: QUOTED, texts: [QUOTED, QUOTED] }],
  'body-too-small': [{ bytes: 12, min: 500 }],
  'body-too-large': [{ bytes: 12, max: 10 }],
  'body-over-limit': [{ max: 10 }],
  'body-not-read': [{}],
  'body-lacks': [
    { text: QUOTED, isCut: false },
    { text: QUOTED, isCut: true },
  ],
  'body-holds': [{ text: QUOTED }],
  'not-a-number': [{ pattern: QUOTED, found: QUOTED }],
  'number-below': [{ pattern: QUOTED, found: 1, min: 2 }],
  'number-above': [{ pattern: QUOTED, found: 3, max: 2 }],
  'no-certificate': [{}],
  'body-mismatch': [
    { pattern: QUOTED, isCut: false },
    { pattern: QUOTED, isCut: true },
  ],
  'pattern-too-slow': [{ pattern: QUOTED }],
  'body-cut-short': [{}],
  'body-damaged': [{ how: 'damaged' }, { how: 'cut-short' }],
  'encoding-unsupported': [{ encoding: QUOTED }],
  'json-too-large': [{}],
  'json-invalid': [{}, { why: 'empty' }, { why: 'not-utf-8' }],
  'json-missing': [{ path: QUOTED }],
  'json-differs': [
    { path: QUOTED, found: QUOTED, expected: 1 },
    { path: QUOTED, found: { a: 'list' }, expected: { a: 'object' } },
  ],
  'json-none-of': [{ path: QUOTED, found: QUOTED, expected: [QUOTED, 1, { a: 'list' }] }],
  'no-token': [{ why: refused }],
  'token-refused': [{ status: 500 }, { status: 401, error: QUOTED }],
  'token-unreadable': [{}],
  'json-unwanted': [{ path: QUOTED }],
  'json-no-length': [{ path: QUOTED, found: 1 }],
  'json-too-short': [{ path: QUOTED, length: 1, min: 2 }],
  'json-too-long': [{ path: QUOTED, length: 3, max: 2 }],
  'json-not-a-number': [{ path: QUOTED, found: QUOTED }],
  'json-below': [{ path: QUOTED, found: 1, min: 2 }],
  'json-above': [{ path: QUOTED, found: 120, max: 100 }],
  'response-malformed': [...malformations, ...irregularities].map((how) => ({ how })),
  'malformed-tolerated': [{ how: [...irregularities] }],
  'headers-too-large': [{}],
  'http2-failed': [{ error: QUOTED }, { error: '11' }, { error: 'REFUSED_STREAM' }],
  'http2-not-offered': [{}],
  'http2-needs-https': [{}],
  'redirect-loop': [{}],
  'redirects-over': [{ max: 5 }],
  'redirect-of-secret': [{}],
  'redirect-to-no-url': [{}],
  'redirect-not-followed': [{ scheme: QUOTED }],
  'url-unusable': [{}],
  'header-unusable': [{ why: 'http2' }, { why: 'character' }],
}
