import type { Instant } from '../../contracts/words.ts'
import { type Credentials, presigned } from './sigv4.ts'

/** The longest that MSK lets a token hold. */
const HOLDS_SECONDS = 900

/**
 * A token for SASL/OAUTHBEARER at an MSK cluster with IAM: a signed request to connect, in base64url
 * (github.com/aws/aws-msk-iam-sasl-signer-js). The role needs `kafka-cluster:Connect` and to describe groups and topics.
 */
export function mskToken(region: string, credentials: Credentials, now: Instant): string {
  const url = new URL(`https://kafka.${region}.amazonaws.com/?Action=kafka-cluster%3AConnect`)
  const signed = presigned(url, HOLDS_SECONDS, { region, service: 'kafka-cluster' }, credentials, now)
  return Buffer.from(`${signed}&User-Agent=fenghuo`).toString('base64url')
}
