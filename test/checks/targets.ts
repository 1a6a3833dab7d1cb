import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from 'node:net'
import { setDefaultCACertificates } from 'node:tls'
import { onTestFinished } from 'vitest'

const samples = new URL('../samples/tls-targets/', import.meta.url)
const pem = (name: string) => readFileSync(new URL(`${name}.pem`, samples), 'utf8')

/** Names of certificates in test/samples/tls-targets. */
export type Certificate = 'good' | 'expired' | 'not-yet-valid' | 'elsewhere' | 'self-signed'

/** Makes the process trust the targets' CA, and nothing else. */
export function trustTargets(): void {
  setDefaultCACertificates([pem('ca')])
}

/** A web server on 127.0.0.1 until the test ends. Returns its base URL, without a slash at the end. */
export async function httpTarget(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(listener))}`
}

export async function httpsTarget(certificate: Certificate, listener: RequestListener): Promise<string> {
  const server = createSecureServer({ cert: pem(certificate), key: pem('target.key') }, listener)
  return `https://127.0.0.1:${await listen(server)}`
}

/** A TCP server that does as it likes with each connection, once the first bytes are there. */
export async function rawTarget(onRequest: (socket: Socket) => void): Promise<string> {
  return `http://127.0.0.1:${await listen(createRawServer((socket) => socket.once('data', () => onRequest(socket))))}`
}

/** An address where nobody listens. */
export async function closedTarget(): Promise<string> {
  const server = createRawServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}
