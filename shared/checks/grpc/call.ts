import http2 from 'node:http2'
import type { Socket } from 'node:net'
import { onRefusal, type Refused } from '../http/http2-refusal.ts'
import { Fault, fact } from '../run/fault.ts'
import { Gathered } from '../run/gathered.ts'
import type { PhaseClock } from '../run/phase-clock.ts'
import type { GrpcFault } from './faults.ts'
import { requestFor, statusIn } from './health.ts'

/** An answer of one number is no longer than this, whatever fields are added to it. */
const ANSWER_LIMIT_BYTES = 4_096

const OK = 0

export interface Question {
  /** `https://host:port` or `http://host:port`. */
  origin: string
  service: string
  metadata: Record<string, string>
}

type Headers = http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader

/**
 * Asks for a health by `grpc.health.v1.Health/Check` over an open connection. Measures `firstByte` and `download`. Rejects with a fault
 * if the answer is anything but SERVING; resolves to a refusal if the server has not looked at the question. The caller closes the
 * connection.
 */
export function askHealth(socket: Socket, question: Question, clock: PhaseClock): Promise<Refused | undefined> {
  clock.begin('firstByte')
  return new Promise((resolve, reject) => {
    const session = http2.connect(question.origin, { createConnection: () => socket, settings: { enablePush: false } })
    session.on('error', reject)
    const stream = session.request({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
      'user-agent': 'fenghuo',
      ...question.metadata,
    })
    onRefusal(session, stream, resolve)
    const body = new Gathered()
    let head: Headers | undefined
    let trailers: Headers | undefined
    stream.once('response', (received) => {
      clock.begin('download')
      head = received
    })
    stream.once('trailers', (received) => {
      trailers = received
    })
    stream.on('data', (part: Buffer) => {
      body.add(part)
      if (body.length <= ANSWER_LIMIT_BYTES) return
      reject(new Fault(fact('health-unreadable')))
      socket.destroy()
    })
    stream.on('error', reject)
    stream.on('close', () => {
      if (head === undefined) return reject(new Fault(fact('closed-without-response')))
      const fault = faultOf(head, trailers ?? head, body.bytes())
      if (fault !== undefined) return reject(new Fault(fault))
      clock.end()
      resolve(undefined)
    })
    stream.end(requestFor(question.service))
  })
}

/** A server that fails at once says so in headers alone ("Trailers-Only"). */
function faultOf(
  head: Headers,
  trailers: Headers,
  body: Buffer,
): GrpcFault | ReturnType<typeof httpStatus> | undefined {
  const { ':status': status = 0 } = head
  if (status !== 200) return httpStatus(status)
  if (!/^application\/grpc(?![\w-])/i.test(head['content-type'] ?? '')) return fact('not-grpc')
  const code = trailers['grpc-status']
  if (typeof code !== 'string' || !/^\d{1,4}$/.test(code)) return fact('grpc-status-missing')
  if (Number(code) !== OK) return refused(Number(code), trailers['grpc-message'])
  const serving = statusIn(body)
  if (serving === undefined) return fact('health-unreadable')
  return serving === 'SERVING' ? undefined : fact('not-serving', { status: serving })
}

function httpStatus(status: number) {
  return fact('http-status', { status, ...(status >= 400 ? {} : { expected: [[200, 200]] }) })
}

function refused(status: number, message: string | string[] | undefined): GrpcFault {
  const said = decoded(String(message ?? ''))
  return fact('grpc-status', { status, ...(said === '' ? {} : { said }) })
}

/** Percent-encoded UTF-8 ("Status-Message"); what is not stays as it is. */
function decoded(message: string): string {
  try {
    return decodeURIComponent(message)
  } catch {
    return message
  }
}
