import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { formToken } from '../../services/console/guard.ts'
import { wire as evaluate } from '../../services/evaluate/aws.ts'
import { urlsIn } from '../../shared/clouds/aws/queue-depth.ts'
import { queueDesk } from '../../shared/clouds/aws/queue-desk.ts'
import { sqs } from '../../shared/clouds/aws/sqs.ts'
import type { QueueDesk } from '../../shared/contracts/queue-desk.ts'
import { type AwsWorld, context, startAws } from '../engine/aws.ts'
import { config, PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const LETTERS = '/system/queues/events'
const tokens = { admin: 'a-token-of-an-admin', responder: 'a-token-of-a-responder', other: 'a-token-of-one-project' }
const access = {
  access: [
    { role: 'admin' as const, tokens: [tokens.admin] },
    { role: 'responder' as const, tokens: [tokens.responder] },
    { role: 'admin' as const, tokens: [tokens.other], projects: ['pay'] },
  ],
}
const as = (token: string) => ({ authorization: `Bearer ${token}` })

let aws: AwsWorld
beforeAll(async () => {
  aws = await startAws(config())
})
afterAll(() => aws.stop())

function consoleOf(world = new PathWorld(), open = false): Visitor {
  const { env } = aws
  return new Visitor(world, {
    queueDesk: async () => queueDesk(sqs(env), urlsIn(env), Date.now),
    ...(!open && { access }),
  })
}

it('each queue says what waits, and an empty one of dead letters that it is', async () => {
  await aws.send('escalation', '{}')
  const { text } = await consoleOf(undefined, true).get('/system/queues')

  expect(text).toMatch(/Events queue.*0 waiting, 0 being worked on.*no report has been taken yet.*no dead letters/s)
  expect(text).toMatch(/Escalation queue.*1 waiting, 0 being worked on/s)
  for (const named of ['Overflow queue', 'Subscriber queue', 'AWS events queue'])
    expect(text).toMatch(new RegExp(`${named}.*?0 waiting, 0 being worked on`, 's'))
})

it('queues that do not answer are said not to, and the page stands', async () => {
  const { status, text } = await new Visitor(new PathWorld()).get('/system/queues')

  expect([status, text.match(/the queue does not answer/g)?.length]).toEqual([200, 5])
})

it('a dead letter is seen with its reason, without secrets, and stays', async () => {
  const secret = 'Bearer-of-nothing'
  await aws.send(
    'deadEvents',
    JSON.stringify({ alerts: [{ dedupKey: 'web', token: secret, note: '+8613800000001' }] }),
    'alerts.0.at: <b>late',
  )
  await aws.send('deadEvents', 'https://user:word@example.com/?key=abc not json')
  const [visitor, person] = [consoleOf(), consoleOf(undefined, true)]
  for (let time = 0; time < 2; time++) {
    const { text } = await person.get(LETTERS)
    expect(text).toMatch(/Refused, because.*alerts\.0\.at: &lt;b&gt;late/s)
    expect(text).toMatch(/dedupKey.*web.*not json|not json.*dedupKey.*web/s)
    expect(text).toContain('Tried many times in vain')
    for (const hidden of [secret, '8613800000001', 'word', 'key=abc']) expect(text).not.toContain(hidden)
  }
  expect((await visitor.get('/system/queues', as(tokens.admin))).text).toContain('2 dead letters')
  const shown = (await visitor.get(LETTERS, as(tokens.admin))).text
  expect([shown.includes('alerts.0.at'), shown.includes('dedupKey'), shown.includes('not json')]).toEqual([
    true,
    false,
    false,
  ])
  const { text } = await visitor.get('/api/v1/queues/events/letters', as(tokens.admin))
  expect(JSON.parse(text).letters).toContainEqual(expect.objectContaining({ reason: 'alerts.0.at: <b>late' }))
  for (const hidden of [secret, '8613800000001', 'word', 'key=abc']) expect(text).not.toContain(hidden)
})

it('one is sent back as its sender sent it, and is not there twice', async () => {
  const visitor = consoleOf()
  const page = (await visitor.get(LETTERS, as(tokens.admin))).text
  const id = /name="id" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const done = await visitor.press(page, LETTERS, { id }, as(tokens.admin))
  expect(done.text).toContain('1 sent back')
  expect(await aws.depth('deadEvents')).toBe(1)
  const [message] = await aws.receive('events')
  expect(message?.MessageAttributes).toMatchObject({ firstSent: {}, firstSender: {} })
  expect(message?.MessageAttributes).not.toHaveProperty('redrives')

  const again = await visitor.press(page, LETTERS, { id }, as(tokens.admin))
  expect([again.status, again.text.includes('not there any more')]).toEqual([409, true])
})

it('all are sent back', async () => {
  for (let one = 0; one < 24; one++) await aws.send('deadEvents', `{"n":${one}}`)
  const visitor = consoleOf()
  const page = (await visitor.get(LETTERS, as(tokens.admin))).text
  expect((await visitor.press(page, LETTERS, { id: 'all' }, as(tokens.admin))).text).toContain('25 sent back')
  expect(await aws.depth('deadEvents')).toBe(0)
})

it.each([
  ['a responder', as(tokens.responder), 403],
  ['an admin of one project', as(tokens.other), 403],
  ['another site', { ...as(tokens.admin), 'sec-fetch-site': 'cross-site' }, 403],
])('%s sends nothing back', async (_, headers, expected) => {
  await aws.send('deadEvents', '{}')
  const visitor = consoleOf()
  await visitor.get(LETTERS, as(tokens.admin))
  const t = formToken('secret', visitor.cookies.get('__Host-fenghuo-session') ?? '', LETTERS)
  const before = await aws.depth('deadEvents')

  expect((await visitor.post(LETTERS, { t, id: 'all' }, headers)).status).toBe(expected)
  expect(await aws.depth('deadEvents')).toBe(before)
})

it('who may not see all projects sees no queue, and a queue that is none is not there', async () => {
  const visitor = consoleOf()

  expect((await visitor.get(LETTERS, as(tokens.other))).status).toBe(403)
  expect((await visitor.get('/system/queues/constructor', as(tokens.admin))).status).toBe(404)
})

it.each([
  ['a queue that does not take them back', 'sendBack', 'The queue did not answer, and nothing is sure', 1],
  ['a queue that took them back, and then does not answer', 'look', 'may not have done it', 0],
] as const)('%s is told as that', async (_, failing, said, logged) => {
  const world = new PathWorld()
  const desk: QueueDesk = {
    depths: async () => ({}),
    look: async () => ({ letters: [], all: true }),
    sendBack: async () => ({ sent: 1 }),
  }
  const visitor = new Visitor(world, { queueDesk: async () => desk, access })
  await visitor.get(LETTERS, as(tokens.admin))
  const t = formToken('secret', visitor.cookies.get('__Host-fenghuo-session') ?? '', LETTERS)
  desk[failing] = async () => Promise.reject(new Error('throttled'))
  const { status, text } = await visitor.post(LETTERS, { t, id: 'all' }, as(tokens.admin))

  expect([status, text.includes(said)]).toEqual([503, true])
  expect(world.logged.filter(({ event }) => event === 'dead letters not sent back')).toHaveLength(logged)
})

it('the log says who sent what back, from where', async () => {
  const world = new PathWorld()
  const visitor = consoleOf(world)
  const page = (await visitor.get(LETTERS, as(tokens.admin))).text
  await visitor.press(page, LETTERS, { id: 'all' }, as(tokens.admin))

  expect(world.logged).toContainEqual(
    expect.objectContaining({ event: 'audit', action: 'send back all of events', from: '192.0.2.7', status: 200 }),
  )
})

it('what was refused is still its sender’s when it is sent back, whomever that one named', async () => {
  const other = await startAws(config())
  onTestFinished(() => other.stop())
  await other.send('events', '{"kind":"nothing that we know"}')
  const messages = await other.receive('events')
  for (const one of messages) {
    Object.assign(one.Attributes ?? {}, { SenderId: 'AKIDOTHER:session' })
    one.MessageAttributes = { firstSender: { DataType: 'String', StringValue: 'AKIDCLAIMED' } }
  }
  await evaluate(other.env)(other.batch(messages), context)
  const { EVENTS_QUEUE_URL: events = '', EVENTS_DLQ_URL: eventsDlq = '' } = other.env
  // The first message is still in flight on the queue: only what is sent back can be taken.
  expect(await queueDesk(sqs(other.env), { events, eventsDlq }, Date.now).sendBack('events', 'all')).toEqual({
    sent: 1,
  })
  const [back] = await other.receive('events')

  expect(back?.MessageAttributes?.firstSender?.StringValue).toMatch(/,AKIDOTHER,AKIDCLAIMED$/)
  expect(back?.MessageAttributes?.firstSent?.StringValue).toBe(messages[0]?.Attributes?.SentTimestamp)
})

it('what is refused anew at once is sent back once, and stays', async () => {
  const other = await startAws(config())
  onTestFinished(() => other.stop())
  const { EVENTS_QUEUE_URL: events = '', EVENTS_DLQ_URL: eventsDlq = '' } = other.env
  await other.send('deadEvents', '{"n":1}')
  const real = sqs(other.env)
  const refusing: typeof real = async (action, input) => {
    const answer = await real(action, input)
    if (action === 'SendMessage' && 'QueueUrl' in input && input.QueueUrl === events)
      await real('SendMessage', { QueueUrl: eventsDlq, MessageBody: 'refused' })
    return answer
  }
  const desk = queueDesk(refusing, { events, eventsDlq }, Date.now)

  expect(await desk.sendBack('events', 'all')).toEqual({ sent: 1 })
  // What is put back is there a moment later.
  await expect.poll(async () => (await desk.look('events')).letters).toMatchObject([{ body: 'refused' }])
})
