import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createSecureServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, connect, createServer as createRawServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, setDefaultCACertificates, type TLSSocket, type TlsOptions } from 'node:tls'
import { onTestFinished } from 'vitest'

const samples = new URL('../samples/', import.meta.url)
const pem = (name: string) => readFileSync(new URL(`tls-targets/${name}.pem`, samples), 'utf8')

/** What is in a file of test/samples/tls-chain. */
export const chainPem = (name: 'root' | 'leaf-and-intermediate' | 'client' | 'key') =>
  readFileSync(new URL(`tls-chain/${name}.pem`, samples), 'utf8')

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

export async function httpsTarget(shown: Certificate | TlsOptions, listener: RequestListener): Promise<string> {
  const server = createSecureServer(typeof shown === 'string' ? shows(shown) : shown, listener)
  return `https://127.0.0.1:${await listen(server)}`
}

/** What a TLS server needs to show the chain of test/samples/tls-chain, with what it asks of its clients. */
export function showsChain(options: TlsOptions = {}): TlsOptions {
  return { cert: chainPem('leaf-and-intermediate'), key: chainPem('key'), ...options }
}

/** What a TLS server needs to show a certificate. */
export function shows(certificate: Certificate): TlsOptions {
  return { cert: pem(certificate), key: pem('target.key') }
}

/** A web server that speaks HTTP/2 alone. */
export async function http2Target(onStream: (stream: ServerHttp2Stream, headers: Headers) => void): Promise<string> {
  const server = createHttp2Server(shows('good'))
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {})
    onStream(stream, headers)
  })
  server.on('sessionError', () => {})
  return `https://127.0.0.1:${await listen(server)}`
}

type Headers = Record<string, string | string[] | number | undefined>

/** A TLS server; `host:port`. */
export async function tlsTarget(
  options: TlsOptions,
  onSocket: (socket: TLSSocket) => void = () => {},
): Promise<string> {
  const server = createTlsServer(options, (socket) => {
    socket.on('error', () => {})
    onSocket(socket)
  })
  server.on('tlsClientError', () => {})
  return `127.0.0.1:${await listen(server)}`
}

/** A TCP server that does as it likes with each connection from its start; `host:port`. */
export async function tcpTarget(onSocket: (socket: Socket) => void = () => {}): Promise<string> {
  return `127.0.0.1:${await listen(createRawServer(onSocket))}`
}

/** A TCP server that does as it likes with each connection, once the first bytes are there. */
export async function rawTarget(onRequest: (socket: Socket) => void): Promise<string> {
  return `http://127.0.0.1:${await listen(createRawServer((socket) => socket.once('data', () => onRequest(socket))))}`
}

/** An address where nobody listens until the test ends: a connection of ours has its port, so nobody else is given it. */
export async function closedTarget(): Promise<string> {
  const [host, port] = (await tcpTarget()).split(':')
  const socket = connect({ host, port: Number(port), localAddress: '127.0.0.1' })
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return `http://127.0.0.1:${socket.localPort}`
}

/** Listens on a free port of 127.0.0.1 until the test ends. Returns the port. */
export async function listen(server: Server): Promise<number> {
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
