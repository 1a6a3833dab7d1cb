import { callAws } from './call.ts'
import type { Env } from './lambda.ts'

/** SNS answers within milliseconds; watch has other things to do, and comes again in a minute. */
const ANSWER_MS = 5_000

/** A message of a topic, and what a mail of it is called: one line of less than 100 characters (SNS API reference, Publish, Subject). */
export interface Publication {
  subject: string
  message: string
}

/**
 * Publishes on a topic of the environment's region (SNS API reference, Publish, version 2010-03-31, which speaks the query protocol).
 * `AWS_ENDPOINT_URL_SNS` moves the address. Rejects unless SNS says that it has taken it: a lost answer may leave it published.
 */
export async function publish(topicArn: string, { subject, message }: Publication, env: Env): Promise<void> {
  const fields = { Action: 'Publish', Version: '2010-03-31', TopicArn: topicArn, Subject: subject, Message: message }
  const answer = await callAws(
    {
      service: 'sns',
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: String(new URLSearchParams(fields)),
      signal: AbortSignal.timeout(ANSWER_MS),
    },
    env,
    { now: Date.now, fetch },
  )
  const text = await answer.text()
  if (answer.status === 200 && /<MessageId>[^<]+<\/MessageId>/.test(text)) return
  const [, code = 'no such answer'] = /<Code>([^<]+)<\/Code>/.exec(text) ?? []
  const [, why = ''] = /<Message>([^<]*)<\/Message>/.exec(text) ?? []
  throw new Error(`Publish on ${topicArn}: HTTP ${answer.status} ${code} ${why}`.trimEnd())
}
