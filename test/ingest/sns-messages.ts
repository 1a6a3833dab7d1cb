import { createSign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonical } from '../../shared/ingest/sns/signature.ts'
import { sampleText } from './requests.ts'

const { messages } = JSON.parse(sampleText('sns-http.selfcomputed.json'))
const tls = (name: string) => readFileSync(join(import.meta.dirname, '../samples/tls', name), 'utf8')

export const topic = 'arn:aws:sns:ap-southeast-1:123456789012:oncall'

/** What lies at the address that messages name, in place of Amazon's. */
export const certificate = tls('sns.pem')

/** A message of the topic, sent `at` and signed with the key of our own certificate. */
export function signedMessage(
  fields: Record<string, unknown> = {},
  at: number,
  Type = 'Notification',
): Record<string, unknown> {
  const { Subject, ...rest } = messages.notificationV2
  const time = { Timestamp: new Date(at).toISOString() }
  const whole = { ...rest, ...(Type === 'Notification' && { Subject }), Type, ...time, ...fields }
  const signer = createSign(whole.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256')
  return { ...whole, Signature: signer.update(canonical(whole)).sign(tls('sns.key.pem'), 'base64') }
}
