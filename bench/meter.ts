import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Item as DynamoItem } from '../shared/clouds/aws/dynamodb-actions.ts'
import type { Used } from './prices.ts'

/** A server in front of a service that speaks AWS's JSON protocol, which counts what is asked of that as AWS bills it. */
export interface Meter {
  /** `http://127.0.0.1:port` */
  url: string
  /** What was used since the last time. */
  take(): Used
  close(): Promise<void>
}

/** A message of SQS is one request for each part of so many bytes (SQS price page). */
const REQUEST_BYTES = 64 * 1024

/** A write unit is a kilobyte of an item, a consistent read unit four (DynamoDB developer guide, "On-demand capacity mode"). */
const WRITE_BYTES = 1024
const READ_BYTES = 4096

/** The signed host stays as it is, so that the signature holds. */
export async function startMeter(endpoint: string): Promise<Meter> {
  let used: Required<Pick<Used, 'sqsRequests' | 'writeUnits' | 'readUnits'>> = none()
  const server = createServer(async (incoming, response) => {
    const body = await bytesOf(incoming)
    const { status, headers, answer } = await passOn(endpoint, incoming.url ?? '/', incoming.headers, body)
    note(String(incoming.headers['x-amz-target']), body, answer)
    response.writeHead(status, headers).end(answer)
  })

  function note(target: string, body: Buffer, answer: Buffer): void {
    const [service = '', action = ''] = target.split('.')
    if (service === 'AmazonSQS') used.sqsRequests += Math.max(1, Math.ceil(body.length / REQUEST_BYTES))
    else {
      const asked = JSON.parse(String(body)) as Asked
      used.writeUnits += writeUnits(action, asked)
      used.readUnits += readUnits(action, asked, JSON.parse(String(answer)) as Answered)
    }
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = used
      used = none()
      return taken
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

const none = () => ({ sqsRequests: 0, writeUnits: 0, readUnits: 0 })

interface Asked {
  Item?: DynamoItem
  ConsistentRead?: boolean
  RequestItems?: Record<
    string,
    { PutRequest: { Item: DynamoItem } }[] | { Keys: DynamoItem[]; ConsistentRead?: boolean }
  >
}

interface Answered {
  Item?: DynamoItem
  Items?: DynamoItem[]
  Responses?: Record<string, DynamoItem[]>
}

function writeUnits(action: string, { Item, RequestItems = {} }: Asked): number {
  if (action === 'PutItem' && Item) return putUnits(Item)
  if (action === 'UpdateItem') return 1
  if (action !== 'BatchWriteItem') return 0
  const puts = Object.values(RequestItems).flatMap((requests) => (Array.isArray(requests) ? requests : []))
  return puts.reduce((sum, { PutRequest }) => sum + putUnits(PutRequest.Item), 0)
}

/** An index of keys takes one unit to remove the old entry and one to put the new; the index of lists has the whole item. */
function putUnits(item: DynamoItem): number {
  const own = Math.ceil(sizeOf(item) / WRITE_BYTES)
  return own + (item.due ? 2 : 0) + (item.listed ? own : 0)
}

function readUnits(action: string, { ConsistentRead, RequestItems = {} }: Asked, answer: Answered): number {
  const unitsOf = (item: DynamoItem | undefined) => Math.max(1, Math.ceil((item ? sizeOf(item) : 0) / READ_BYTES))
  if (action === 'GetItem') return unitsOf(answer.Item)
  if (action === 'Query') {
    const bytes = (answer.Items ?? []).reduce((sum, item) => sum + sizeOf(item), 0)
    return Math.max(1, Math.ceil(bytes / READ_BYTES)) * (ConsistentRead ? 1 : 0.5)
  }
  if (action !== 'BatchGetItem') return 0
  return Object.entries(RequestItems).reduce((sum, [table, wanted]) => {
    if (!('Keys' in wanted)) return sum
    const found = answer.Responses?.[table] ?? []
    const units = found.reduce((all, item) => all + unitsOf(item), 0) + Math.max(0, wanted.Keys.length - found.length)
    return sum + units * (wanted.ConsistentRead ? 1 : 0.5)
  }, 0)
}

/**
 * The bytes of names and values; a number takes half of its digits and one byte, binary as many as it has before it is put in base64
 * (developer guide, "DynamoDB Item sizes and formats").
 */
function sizeOf(item: DynamoItem): number {
  return Object.entries(item).reduce((sum, [name, { S, N = '', B }]) => {
    const text = B === undefined ? S : Buffer.from(B, 'base64')
    return sum + Buffer.byteLength(name) + (text === undefined ? Math.ceil(N.length / 2) + 1 : Buffer.byteLength(text))
  }, 0)
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function passOn(endpoint: string, path: string, headers: IncomingHttpHeaders, body: Buffer) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; answer: Buffer }>((resolve, reject) => {
    const outgoing = request(new URL(path, endpoint), { method: 'POST', headers }, (response) => {
      bytesOf(response).then(
        (answer) => resolve({ status: response.statusCode ?? 502, headers: response.headers, answer }),
        reject,
      )
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
