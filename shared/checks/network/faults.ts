import type { FactOf, Wording } from '../../contracts/fact.ts'
import { DAY_MS } from '../../contracts/milliseconds.ts'
import type { Phases } from '../../contracts/report.ts'
import { listIn, seconds, timeIn } from '../phrases.ts'

type Nothing = Record<never, never>

/** What happens to any check that goes over a network. */
export type NetworkFault = FactOf<{
  timeout: { limitMs: number; waitingFor?: keyof Phases }
  'connection-refused': Nothing
  'connection-reset': Nothing
  'connection-timed-out': Nothing
  'connection-closed': Nothing
  'closed-without-response': Nothing
  /** With what the system says of it. */
  'connection-failed': { said: string }
  'host-unreachable': Nothing
  'network-unreachable': Nothing
  'no-ip-address': { ipVersion: 4 | 6 }
  'metadata-refused': { address: string }
  /** More than any answer needs. */
  'received-over-limit': { bytes: number }
  'redirect-inward': { address: string }
  'dns-failed': { why: DnsFailure }
  /** With DNS's own code. */
  'dns-error': { error: string }
  'not-tls': Nothing
  'tls-failed': { said: string }
  'certificate-expired': { agoMs: number }
  'certificate-chain-expired': Nothing
  'certificate-not-yet-valid': { from: string }
  /** `name` is the first one of the certificate; it may have none. */
  'certificate-of-other': { name?: string; more: number; host: string }
  'certificate-revoked': Nothing
  'certificate-untrusted': { why: Distrust }
  /** With the reason as whoever verified it gives it. */
  'certificate-not-trusted': { said: string }
  /** `DH`: of the key exchange. */
  'key-too-weak': { of: 'RSA' | 'EC' | 'DH'; bits: number; least: number }
  'client-key-mismatch': Nothing
  'certificate-unusable': { error: string }
  'target-unusable': Nothing
  'dns-server-unusable': Nothing
  /** Its name has no address. */
  'dns-server-not-found': { host: string }
  'variables-not-set': { names: string[] }
  'probe-short-of': { what: 'ports' | 'files' | 'buffers' | 'memory' }
  /** Of the whole, or of one phase. */
  'over-limit': { of: 'latency' | keyof Phases; tookMs: number; limitMs: number }
}>

export type DnsFailure =
  | 'malformed-answer'
  | 'no-server'
  | 'not-understood'
  | 'no-address'
  | 'no-such-host'
  | 'not-implemented'
  | 'refused'
  | 'server-failed'
  | 'no-answer'

export type Distrust = 'weak-signature' | 'self-signed' | 'self-signed-issuer' | 'issuer-unknown' | 'chain-incomplete'

type Bilingual = { zh: string; en: string }

const phases: Record<keyof Phases, Bilingual> = {
  dns: { zh: '域名解析', en: 'DNS' },
  connect: { zh: '连接', en: 'connect' },
  tls: { zh: 'TLS 握手', en: 'TLS' },
  firstByte: { zh: '等待应答', en: 'first byte' },
  download: { zh: '下载', en: 'download' },
}

const dnsFailures: Record<DnsFailure, Bilingual> = {
  'malformed-answer': { zh: '应答格式错误', en: 'malformed answer' },
  'no-server': { zh: '没有可问的服务器', en: 'no server to ask' },
  'not-understood': { zh: '服务器不理解这个询问', en: 'server did not understand the question' },
  'no-address': { zh: '没有地址', en: 'no address' },
  'no-such-host': { zh: '没有这个域名', en: 'no such host' },
  'not-implemented': { zh: '服务器不答复这类询问', en: 'server does not answer such questions' },
  refused: { zh: '服务器拒绝', en: 'server refused' },
  'server-failed': { zh: '服务器出错', en: 'server failed' },
  'no-answer': { zh: '服务器没有应答', en: 'no answer from the servers' },
}

const distrusts: Record<Distrust, Bilingual> = {
  'weak-signature': { zh: '以 SHA-1 签名', en: 'signed by SHA-1' },
  'self-signed': { zh: '自签名', en: 'self-signed' },
  'self-signed-issuer': { zh: '签发者是自签名的', en: 'self-signed issuer' },
  'issuer-unknown': { zh: '签发者未知', en: 'issuer unknown' },
  'chain-incomplete': {
    zh: '签发者未知，或缺少中级证书',
    en: 'issuer unknown, or intermediate certificate missing',
  },
}

const shortages: Record<'ports' | 'files' | 'buffers' | 'memory', Bilingual> = {
  ports: { zh: '探针没有空闲的本地端口', en: 'the probe has no free local port' },
  files: { zh: '探针打开的文件太多', en: 'the probe has too many open files' },
  buffers: { zh: '探针的网络缓冲区用尽', en: 'the probe is out of network buffers' },
  memory: { zh: '探针的内存用尽', en: 'the probe is out of memory' },
}

function mebibytes(bytes: number): string {
  return `${bytes / 1_048_576} MiB`
}

/** Days if there are any, else hours. */
function age(language: 'zh' | 'en', ms: number): string {
  return timeIn(language, ms >= DAY_MS ? 'd' : 'h', ms)
}

export const networkWording: Wording<NetworkFault> = {
  timeout: {
    zh: ({ limitMs, waitingFor }) => `${waitingFor ? phases[waitingFor].zh : ''}超时 ${seconds(limitMs)}`,
    en: ({ limitMs, waitingFor }) => `timeout ${seconds(limitMs)}${waitingFor ? ` (${phases[waitingFor].en})` : ''}`,
    saysTime: true,
  },
  'connection-refused': { zh: () => '连接被拒绝', en: () => 'connection refused' },
  'connection-reset': { zh: () => '连接被重置', en: () => 'connection reset' },
  'connection-timed-out': { zh: () => '连接超时', en: () => 'connection timed out' },
  'connection-closed': { zh: () => '连接已断开', en: () => 'connection closed' },
  'closed-without-response': {
    zh: () => '连接已断开，没有应答',
    en: () => 'connection closed without a response',
  },
  'connection-failed': { zh: ({ said }) => `连接出错：${said}`, en: ({ said }) => `connection failed: ${said}` },
  'host-unreachable': { zh: () => '主机不可达', en: () => 'host unreachable' },
  'network-unreachable': { zh: () => '网络不可达', en: () => 'network unreachable' },
  'no-ip-address': {
    zh: ({ ipVersion }) => `没有可连接的 IPv${ipVersion} 地址`,
    en: ({ ipVersion }) => `no IPv${ipVersion} address to connect to`,
  },
  'metadata-refused': {
    zh: ({ address }) => `拒绝访问：${address} 是云的元数据服务`,
    en: ({ address }) => `refused: ${address} is a cloud's metadata service`,
  },
  'received-over-limit': {
    zh: ({ bytes }) => `对方不停发送，超过 ${mebibytes(bytes)}，已停止读取`,
    en: ({ bytes }) => `it went on sending: over ${mebibytes(bytes)}, not read any further`,
  },
  'redirect-inward': {
    zh: ({ address }) => `拒绝跟随：重定向指向内网地址 ${address}`,
    en: ({ address }) => `not followed: a redirect to ${address}, further inside than the target`,
  },
  'dns-failed': {
    zh: ({ why }) => `域名解析失败：${dnsFailures[why].zh}`,
    en: ({ why }) => `DNS: ${dnsFailures[why].en}`,
  },
  'dns-error': { zh: ({ error }) => `域名解析失败：${error}`, en: ({ error }) => `DNS: ${error}` },
  'not-tls': { zh: () => '对方不是 TLS 服务', en: () => 'not a TLS server' },
  'tls-failed': { zh: ({ said }) => `TLS 握手失败：${said}`, en: ({ said }) => `TLS handshake failed: ${said}` },
  'certificate-expired': {
    zh: ({ agoMs }) => `证书已过期 ${age('zh', agoMs)}`,
    en: ({ agoMs }) => `certificate expired ${age('en', agoMs)} ago`,
  },
  'certificate-chain-expired': { zh: () => '证书链已过期', en: () => 'certificate chain expired' },
  'certificate-not-yet-valid': {
    zh: ({ from }) => `证书 ${from} 起才有效`,
    en: ({ from }) => `certificate not valid before ${from}`,
  },
  'certificate-of-other': {
    zh: ({ name, more, host }) => `证书${name ? `属于 ${listIn('zh', [name], more)}` : '没有名字'}，不是 ${host}`,
    en: ({ name, more, host }) => `certificate is for ${name ? listIn('en', [name], more) : 'no name'}, not ${host}`,
  },
  'certificate-revoked': { zh: () => '证书已吊销', en: () => 'certificate revoked' },
  'certificate-untrusted': {
    zh: ({ why }) => `证书不受信任：${distrusts[why].zh}`,
    en: ({ why }) => `certificate not trusted: ${distrusts[why].en}`,
  },
  'certificate-not-trusted': {
    zh: ({ said }) => `证书不受信任：${said}`,
    en: ({ said }) => `certificate not trusted: ${said}`,
  },
  'key-too-weak': {
    zh: ({ of, bits, least }) => `密钥太弱：${of} ${bits} 位，至少应为 ${least} 位`,
    en: ({ of, bits, least }) => `weak key: ${of} of ${bits} bits, at least ${least} expected`,
  },
  'client-key-mismatch': {
    zh: () => '客户端私钥与客户端证书不匹配',
    en: () => 'the client key does not belong to the client certificate',
  },
  'certificate-unusable': {
    zh: ({ error }) => `配置的证书或私钥不是可用的 PEM（${error}）`,
    en: ({ error }) => `a configured certificate or key is not usable PEM (${error})`,
  },
  'target-unusable': {
    zh: () => '配置的目标不是主机和端口，也不是 URL',
    en: () => 'the configured target is neither host:port nor a URL',
  },
  'dns-server-unusable': {
    zh: () => '配置的 DNS 服务器既不是地址，也不是域名',
    en: () => 'the configured DNS server is neither an address nor a name',
  },
  'dns-server-not-found': {
    zh: ({ host }) => `找不到 DNS 服务器 ${host}`,
    en: ({ host }) => `DNS: no address for the server ${host}`,
  },
  'variables-not-set': {
    zh: ({ names }) => `探测函数的环境中没有 ${listIn('zh', names)}`,
    en: ({ names }) => `not set in the probe's environment: ${listIn('en', names)}`,
  },
  'probe-short-of': { zh: ({ what }) => shortages[what].zh, en: ({ what }) => shortages[what].en },
  'over-limit': {
    zh: ({ of, tookMs, limitMs }) => `${of === 'latency' ? '' : `${phases[of].zh} `}${tookMs}ms，超过 ${limitMs}ms`,
    en: ({ of, tookMs, limitMs }) => `${of === 'latency' ? '' : `${phases[of].en} `}${tookMs}ms, limit ${limitMs}ms`,
    saysTime: true,
  },
}
