import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A queue that takes every message at once and keeps its body: SQS's SendMessage, AWS JSON protocol, and nothing else of it. */
export interface EventsQueue {
  /** `http://127.0.0.1:port` */
  endpoint: string
  /** The bodies that came since the last time. */
  take(): string[]
  close(): void
}

export async function startEventsQueue(): Promise<EventsQueue> {
  let bodies: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { MessageBody } = JSON.parse(Buffer.concat(chunks).toString()) as { MessageBody: string }
      bodies.push(MessageBody)
      const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex')
      response.end(JSON.stringify({ MessageId: String(bodies.length), MD5OfMessageBody }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = bodies
      bodies = []
      return taken
    },
    close: () => server.close(),
  }
}
