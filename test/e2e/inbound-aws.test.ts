import { expect, it, vi } from 'vitest'
import { sample } from '../ingest/requests.ts'
import { certificate, signedMessage, topic } from '../ingest/sns-messages.ts'
import { fenghuo, service, start, stopsAfterEach } from '../local/stack-of.ts'
import { becomes, endsWith } from './told.ts'

// What AWS posts, through the handler and the whole path: one incident that opens and closes, and what the chat is told of it.

// Amazon's certificate lies on the internet.
vi.mock('../../shared/ingest/sns/fetch-text.ts', () => ({ fetchText: async () => certificate }))

stopsAfterEach()

const inbound = `    inbound: { sns: { topics: ["${topic}"] } }\n`

async function posting(path: string) {
  const stack = await start({ fenghuo: fenghuo((await service()).url) + inbound })
  const { url, keys } = stack.addresses.ingest
  const send = async (body: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}/${path}/${keys.pay}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return answer.status
  }
  return { stack, send }
}

it.each(['1', '2'])('SNS, by signatures of version %s: an alarm fires twice and is over', async (SignatureVersion) => {
  const { stack, send } = await posting('sns')
  const alarm = sample('cloudwatch-alarm-sns-message') as object
  const say = (NewStateValue: string, more: object = {}) => {
    const Message = JSON.stringify({ ...alarm, NewStateValue, NewStateReason: 'too busy' })
    const message = signedMessage({ Message, SignatureVersion }, Date.now())
    return send({ ...message, ...more }, { 'content-type': 'text/plain; charset=UTF-8' })
  }
  expect(await say('ALARM', { Message: 'changed on its way' })).toBe(403)
  for (let time = 1; time <= 2; time++) expect(await say('ALARM')).toBe(200)
  await becomes(stack, { incidents: ['web-cpu-high open'], posts: 1 })
  expect(await say('OK')).toBe(200)
  await endsWith(stack, { incidents: ['web-cpu-high resolved'], posts: 2 })
})

it('EventBridge, by an API destination: an alarm fires twice and is over', async () => {
  const { stack, send } = await posting('aws')
  const alarm = sample('cloudwatch-alarm-eventbridge') as { detail: { state: object } }
  const say = (value: string) => {
    const state = { ...alarm.detail.state, value, reason: 'too busy' }
    return send({ ...alarm, detail: { ...alarm.detail, state } }, { 'content-type': 'application/json; charset=utf-8' })
  }
  for (let time = 1; time <= 2; time++) expect(await say('ALARM')).toBe(200)
  await becomes(stack, { incidents: ['ServerCpuTooHigh open'], posts: 1 })
  expect(await say('OK')).toBe(200)
  await endsWith(stack, { incidents: ['ServerCpuTooHigh resolved'], posts: 2 })
})
