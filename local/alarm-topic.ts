import { startSns } from '../test/simulators/sns.ts'
import type { Definition } from './definition.ts'
import type { Journal } from './journal.ts'
import type { localCredentials } from './resources.ts'
import { topicArn } from './resources.ts'

interface Options {
  definition: Definition
  region: string
  credentials: typeof localCredentials
  journal: Journal
  now(): number
}

const title = { zh: '报警主题', en: 'alarm topic' }

/** SNS on this machine: what a deployment mails of itself is shown beside the messages of channels. */
export async function startAlarmTopic({ definition, region, credentials, journal, now }: Options) {
  const topics = Object.keys(definition.topics).map((id) => topicArn(definition, id, region) ?? '')
  const sns = await startSns({
    ...{ region, ...credentials, topics, now },
    published: ({ topic, subject, message }) =>
      journal.sent({ at: now(), channel: 'sns', title, to: topic, text: `${subject}\n${message}`, format: 'text' }),
  })
  return { env: { AWS_ENDPOINT_URL_SNS: sns.url }, stop: () => sns.close() }
}
