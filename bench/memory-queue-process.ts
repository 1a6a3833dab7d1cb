import { hash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readBody } from '../local/http.ts'

// The process of a memory queue: takes what is sent by SQS's JSON protocol, tells its parent the port, and ends with it. What a message
// may be the queue of the local stack judges; here as little as possible stands between the sender and its answer.

/** As many as Alertmanager keeps of what it takes in a run. */
const MOST = 10_000

type Input = { MessageBody: string; Entries?: { Id: string; MessageBody: string }[] }

const messages: string[] = []
const take = (body: string) => {
  if (messages.length === MOST) messages.length = 0
  messages.push(body)
  return { MessageId: randomUUID(), MD5OfMessageBody: hash('md5', body) }
}
const server = createServer(async (request, response) => {
  const { MessageBody, Entries } = JSON.parse(String(await readBody(request))) as Input
  const answer = Entries
    ? { Successful: Entries.map((one) => ({ Id: one.Id, ...take(one.MessageBody) })), Failed: [] }
    : take(MessageBody)
  response.setHeader('content-type', 'application/x-amz-json-1.0')
  response.end(JSON.stringify(answer))
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit(0))
