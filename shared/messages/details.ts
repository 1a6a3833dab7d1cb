import type { Language } from '../contracts/words.ts'

/** What checks say of what they saw, which they say in English, and the same in Chinese. */
const phrases: [RegExp, string][] = [
  [/^timeout ([\d.]+s) \(connect\)$/, '连接超时 $1'],
  [/^timeout ([\d.]+s) \(DNS\)$/, '域名解析超时 $1'],
  [/^timeout ([\d.]+s) \(TLS\)$/, 'TLS 握手超时 $1'],
  [/^timeout ([\d.]+s) \(first byte\)$/, '等待应答超时 $1'],
  [/^timeout ([\d.]+s) \(download\)$/, '下载超时 $1'],
  [/^timeout ([\d.]+s)$/, '超时 $1'],
  [/^connection refused$/, '连接被拒绝'],
  [/^connection reset$/, '连接被重置'],
  [/^connection timed out$/, '连接超时'],
  [/^connection closed without a response$/, '连接已断开，没有应答'],
  [/^connection closed$/, '连接已断开'],
  [/^host unreachable$/, '主机不可达'],
  [/^network unreachable$/, '网络不可达'],
  [/^not a TLS server$/, '对方不是 TLS 服务'],
  [/^TLS handshake failed: (.+)$/, 'TLS 握手失败：$1'],
  [/^certificate expired (\d+)d ago$/, '证书已过期 $1 天'],
  [/^certificate expired (\d+)h ago$/, '证书已过期 $1 小时'],
  [/^certificate chain expired$/, '证书链已过期'],
  [/^certificate is for (.+), not (.+)$/, '证书属于 $1，不是 $2'],
  [/^certificate not trusted: (.+)$/, '证书不受信任：$1'],
  [/^certificate revoked$/, '证书已吊销'],
  [/^DNS: (.+)$/, '域名解析失败：$1'],
  [/^redirect loop$/, '重定向循环'],
  [/^more than (\d+) redirects$/, '重定向超过 $1 次'],
  [/^body cut short$/, '正文不完整'],
  [/^invalid JSON$/, '不是有效的 JSON'],
  [/^text not found: (.+)$/, '正文中没有 $1'],
  [/^pattern not found: (.+)$/, '正文不符合 $1'],
  [/^(\S+) is missing$/, '缺少 $1'],
  [/^(\S+) is (.+), not (.+)$/, '$1 是 $2，应为 $3'],
  [/^(\d+)ms, limit (\d+)ms$/, '$1ms，超过 $2ms'],
]

/** A sighting's detail in the reader's language. What has no known wording stays as the check said it. */
export function detailIn(language: Language, detail: string): string {
  if (language === 'en') return detail
  const known = phrases.find(([pattern]) => pattern.test(detail))
  return known ? detail.replace(...known) : detail
}
