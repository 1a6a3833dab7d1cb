import { isIP } from 'node:net'

/** Where to connect to. `host` is a name or an address, IPv6 without brackets. */
export interface HostPort {
  host: string
  port: number
}

/** Where a URL leads; without a port, to the usual one of its scheme. */
export function hostPortOf(url: URL): HostPort {
  const usualPort = /^(https|wss):$/.test(url.protocol) ? 443 : 80
  return { host: hostOf(url), port: Number(url.port || usualPort) }
}

/** The host of a URL, IPv6 without brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}

const shape = /^(?:\[([0-9a-f:.]+)\]|([^\s:/?#@[\]]+))(?::(\d{1,5}))?$/i

/** Parses `host:port`, `[fd00::1]:port`, and without a port if there is a usual one; undefined if it is none of these. */
export function parseHostPort(text: string, usualPort?: number): HostPort | undefined {
  // An IPv6 address alone needs no brackets: nothing in it can be taken for a port.
  if (isIP(text) === 6 && usualPort !== undefined) return { host: text, port: usualPort }
  const [, bracketed, host = bracketed, written = usualPort] = shape.exec(text) ?? []
  const port = Number(written)
  if (host === undefined || !(port >= 1 && port <= 65_535)) return undefined
  if (bracketed !== undefined && isIP(bracketed) !== 6) return undefined
  return { host, port }
}
