import { createVerify, X509Certificate } from 'node:crypto'
import type { Instant } from '../../contracts/words.ts'
import { textOf } from '../text.ts'

type Envelope = Record<string, unknown>

/** What is signed, in this order (Amazon SNS developer guide, "Verifying the signatures of Amazon SNS messages"). */
const signedOf = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  confirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
}

const algorithms: Record<string, string> = { 1: 'RSA-SHA1', 2: 'RSA-SHA256' }

/** The text that SNS has signed. */
export function canonical(envelope: Envelope): string {
  const names = envelope.Type === 'Notification' ? signedOf.Notification : signedOf.confirmation
  const present = names.filter((name) => name !== 'Subject' || typeof envelope.Subject === 'string')
  return present.map((name) => `${name}\n${textOf(envelope[name])}\n`).join('')
}

/**
 * Whether a URL is one of SNS itself, in the region of the topic: a check of its end alone would let
 * `sns.us-east-1.amazonaws.com.evil.example` through.
 */
export function isOfSns(text: string, topicArn: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, host, username, password } = new URL(text)
  const [, region] = /^sns\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(host) ?? []
  return protocol === 'https:' && username === '' && password === '' && region === topicArn.split(':')[3]
}

/** Whether a certificate of SNS lies at this address. */
export function isCertificateUrl(text: string, topicArn: string): boolean {
  return isOfSns(text, topicArn) && /^\/SimpleNotificationService-[0-9a-f]+\.pem$/.test(new URL(text).pathname)
}

/** Whether the holder of a certificate (PEM), valid at `now`, has signed an envelope. */
export function isSigned(envelope: Envelope, pem: string, now: Instant): boolean {
  const algorithm = algorithms[textOf(envelope.SignatureVersion)]
  if (algorithm === undefined) return false
  try {
    const { publicKey, validFrom, validTo } = new X509Certificate(pem)
    if (publicKey.asymmetricKeyType !== 'rsa' || now < Date.parse(validFrom) || now > Date.parse(validTo)) return false
    return createVerify(algorithm).update(canonical(envelope)).verify(publicKey, textOf(envelope.Signature), 'base64')
  } catch {
    return false
  }
}
