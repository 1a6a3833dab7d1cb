import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { addressAnswer } from './names.ts'

// What is probed, in a process of its own: a web server with 1 KB to say, which closes each connection that asks for it, and a
// name server which knows every name. `?firstByte=50&body=50` in an address delays those by so many ms.

/** Ports on 127.0.0.1. */
export interface TargetPorts {
  http: number
  https: number
  /** By HTTPS, whose handshake begins late. */
  lateHttps: number
  /** Answers over UDP at once; a name below `late.` as late as a handshake. */
  dns: number
}

const [cert = '', key = '', lateMs = '0'] = process.argv.slice(2)
const body = Buffer.alloc(1024, 'a')

async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const { searchParams } = new URL(request.url ?? '', 'http://target')
  const [firstByteMs, bodyMs] = [Number(searchParams.get('firstByte')), Number(searchParams.get('body'))]
  if (firstByteMs > 0) await wait(firstByteMs)
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': body.length })
  if (bodyMs > 0) {
    response.flushHeaders()
    await wait(bodyMs)
  }
  response.end(body)
}

const plain = http.createServer(answer)
const secure = https.createServer({ cert: readFileSync(cert), key: readFileSync(key) }, answer)
// The greeting of the client waits in the socket until the server that speaks TLS is given it.
const late = createServer((socket) => void setTimeout(() => secure.emit('connection', socket), Number(lateMs)))
const names = createSocket('udp4', (query, { port, address }) => {
  const { name, answer } = addressAnswer(query, '127.0.0.1')
  const send = () => names.send(answer, port, address)
  if (name.startsWith('late.')) setTimeout(send, Number(lateMs))
  else send()
})

await Promise.all([plain, secure, late].map(listen))
await new Promise<void>((resolve) => names.bind(0, '127.0.0.1', resolve))
const ports: TargetPorts = {
  http: portOf(plain),
  https: portOf(secure),
  lateHttps: portOf(late),
  dns: names.address().port,
}
process.send?.(ports)

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

process.on('disconnect', () => process.exit(0))
