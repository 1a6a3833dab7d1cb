import type { Fact, FactOf, Wording } from '../../contracts/fact.ts'
import type { Language } from '../../contracts/words.ts'
import { type NetworkFault, networkWording } from '../network/faults.ts'
import { quoted } from '../phrases.ts'
import { type ExpiryFault, expiryWording } from '../tls/expiry-faults.ts'
import type { Irregularity, Malformation } from './irregularity.ts'
import type { StatusRange } from './status-range.ts'

type Nothing = Record<never, never>

/** A value of JSON as it is told: lists and objects only by what they are. */
export type Shown = string | number | boolean | null | { a: 'list' | 'object' }

export type HttpFault =
  | NetworkFault
  | ExpiryFault
  | FactOf<{
      /** `expected` only where the status itself says not enough. */
      'http-status': { status: number; expected?: StatusRange[] }
      'header-missing': { header: string }
      'header-unwanted': { header: string }
      /** It holds none of the texts. */
      'header-lacks': { header: string; texts: string[] }
      'body-too-small': { bytes: number; min: number }
      'body-too-large': { bytes: number; max: number }
      /** Of a body that was not read to its end. */
      'body-over-limit': { max: number }
      'body-not-read': Nothing
      'body-lacks': { text: string; isCut: boolean }
      'body-holds': { text: string }
      'body-mismatch': { pattern: string; isCut: boolean }
      'not-a-number': { pattern: string; found: string }
      'number-below': { pattern: string; found: number; min: number }
      'number-above': { pattern: string; found: number; max: number }
      'pattern-too-slow': { pattern: string }
      'body-cut-short': Nothing
      'body-damaged': { how: 'cut-short' | 'damaged' }
      'encoding-unsupported': { encoding: string }
      'json-too-large': Nothing
      'json-invalid': { why?: 'not-utf-8' | 'empty' }
      'json-missing': { path: string }
      'json-differs': { path: string; found: Shown; expected: Shown }
      'json-none-of': { path: string; found: Shown; expected: Shown[] }
      'json-unwanted': { path: string }
      'json-no-length': { path: string; found: Shown }
      'json-too-short': { path: string; length: number; min: number }
      'json-too-long': { path: string; length: number; max: number }
      'json-not-a-number': { path: string; found: Shown }
      'json-below': { path: string; found: number; min: number }
      'json-above': { path: string; found: number; max: number }
      /** The answer came without TLS. */
      'no-certificate': Nothing
      'response-malformed': { how: Malformation | Irregularity }
      /** Said of an answer that is as it should be otherwise. */
      'malformed-tolerated': { how: Irregularity[] }
      'headers-too-large': Nothing
      /** By the name or number of RFC 9113, or in Node's words. */
      'http2-failed': { error: string }
      'http2-not-offered': Nothing
      'http2-needs-https': Nothing
      'redirect-loop': Nothing
      'redirects-over': { max: number }
      'redirect-of-secret': Nothing
      'redirect-to-no-url': Nothing
      'redirect-not-followed': { scheme: string }
      'url-unusable': Nothing
      /** Of OAuth 2: whoever gives tokens was not reached. */
      'no-token': { why: Fact }
      /** With the code of RFC 6749, section 5.2. */
      'token-refused': { status: number; error?: string }
      'token-unreadable': Nothing
      'header-unusable': { why: 'http2' | 'character' }
    }>

const kinds = { list: { zh: '列表', en: 'a list' }, object: { zh: '对象', en: 'an object' } }

function shown(language: 'zh' | 'en', value: Shown): string {
  if (typeof value === 'string') return quoted(value)
  return typeof value === 'object' && value !== null ? kinds[value.a][language] : String(value)
}

function ranges(expected: StatusRange[]): string {
  return expected.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ')
}

/** In the order of their numbers: RFC 9113, section 7. */
const http2Errors: Record<string, Record<Language, string>> = {
  NO_ERROR: { zh: '没有错误', en: 'no error' },
  PROTOCOL_ERROR: { zh: '协议错误', en: 'protocol error' },
  INTERNAL_ERROR: { zh: '内部错误', en: 'internal error' },
  FLOW_CONTROL_ERROR: { zh: '流量控制错误', en: 'flow control error' },
  SETTINGS_TIMEOUT: { zh: '设置超时', en: 'settings timeout' },
  STREAM_CLOSED: { zh: '流已关闭', en: 'stream closed' },
  FRAME_SIZE_ERROR: { zh: '帧大小错误', en: 'frame size error' },
  REFUSED_STREAM: { zh: '流被拒绝', en: 'refused stream' },
  CANCEL: { zh: '已取消', en: 'cancel' },
  COMPRESSION_ERROR: { zh: '压缩错误', en: 'compression error' },
  CONNECT_ERROR: { zh: '连接错误', en: 'connect error' },
  ENHANCE_YOUR_CALM: { zh: '请求过于频繁', en: 'enhance your calm' },
  INADEQUATE_SECURITY: { zh: '安全性不足', en: 'inadequate security' },
  HTTP_1_1_REQUIRED: { zh: '要求 HTTP/1.1', en: 'http/1.1 required' },
}

/** What is in nobody's table is Node's own sentence. */
function http2Reason(error: string, language: Language): string {
  const known = http2Errors[error] ?? (/^\d+$/.test(error) ? Object.values(http2Errors)[Number(error)] : undefined)
  return known?.[language] ?? error
}

const malformations: Record<Malformation | Irregularity, Record<Language, string>> = {
  'line-end': { zh: '行尾缺少回车符或换行符', en: 'lines end with LF or CR alone' },
  'status-line': { zh: '状态行不规范', en: 'irregular status line' },
  'header-name': { zh: '应答头的名称含非法字符', en: 'illegal character in the name of a header' },
  'folded-header': { zh: '应答头折行', en: 'folded header' },
  'control-character': { zh: '应答头含控制字符', en: 'control character in a header' },
  'space-before-colon': { zh: '冒号前有空格', en: 'space before a colon' },
  'repeated-length': { zh: '长度重复声明', en: 'Content-Length repeated' },
  'odd-length': { zh: '声明的长度不是单纯的数字', en: 'Content-Length is more than a number' },
  'length-and-encoding': {
    zh: '同时声明长度和分块传输',
    en: 'Content-Length beside Transfer-Encoding',
  },
  version: { zh: 'HTTP 版本号异常', en: 'odd HTTP version' },
  'chunk-line': { zh: '分块的行不规范', en: 'irregular line of a chunk' },
  'not-http': { zh: '对方不是 HTTP 服务', en: 'not HTTP' },
  'header-line': { zh: '无法识别的应答头', en: 'unreadable header' },
  length: { zh: '声明的长度无效或互相矛盾', en: 'invalid or contradicting Content-Length' },
  chunk: { zh: '分块无法识别', en: 'unreadable chunk' },
  'interim-without-end': { zh: '临时应答没有尽头', en: 'interim responses without end' },
}

export const httpWording: Wording<HttpFault> = {
  ...networkWording,
  ...expiryWording,
  'http-status': {
    zh: ({ status, expected }) => `HTTP ${status}${expected ? `，应为 ${ranges(expected)}` : ''}`,
    en: ({ status, expected }) => `HTTP ${status}${expected ? `, expected ${ranges(expected)}` : ''}`,
  },
  'header-missing': {
    zh: ({ header }) => `缺少应答头 ${header}`,
    en: ({ header }) => `header ${header} is missing`,
  },
  'header-unwanted': {
    zh: ({ header }) => `不应有应答头 ${header}`,
    en: ({ header }) => `header ${header} should not be there`,
  },
  'header-lacks': {
    zh: ({ header, texts }) => `应答头 ${header} 中没有 ${texts.map(quoted).join(' 或 ')}`,
    en: ({ header, texts }) => `header ${header} lacks ${texts.map(quoted).join(' or ')}`,
  },
  'body-too-small': {
    zh: ({ bytes, min }) => `正文 ${bytes} 字节，少于 ${min}`,
    en: ({ bytes, min }) => `body of ${bytes} bytes, less than ${min}`,
  },
  'body-too-large': {
    zh: ({ bytes, max }) => `正文 ${bytes} 字节，多于 ${max}`,
    en: ({ bytes, max }) => `body of ${bytes} bytes, more than ${max}`,
  },
  'body-over-limit': {
    zh: ({ max }) => `正文超过 1 MiB，多于 ${max} 字节`,
    en: ({ max }) => `body over 1 MiB, more than ${max} bytes`,
  },
  'body-not-read': { zh: () => '正文超过 1 MiB，未读完', en: () => 'body over 1 MiB, not read to its end' },
  'body-lacks': {
    zh: ({ text, isCut }) => `正文${isCut ? '的前 1 MiB ' : ''}中没有 ${quoted(text)}`,
    en: ({ text, isCut }) => `text not found${isCut ? ' in the first 1 MiB' : ''}: ${quoted(text)}`,
  },
  'body-holds': {
    zh: ({ text }) => `正文中不应有 ${quoted(text)}`,
    en: ({ text }) => `text should not be there: ${quoted(text)}`,
  },
  'body-mismatch': {
    zh: ({ pattern, isCut }) => `正文${isCut ? '的前 1 MiB ' : ''}不符合 /${pattern}/`,
    en: ({ pattern, isCut }) => `pattern not found${isCut ? ' in the first 1 MiB' : ''}: /${pattern}/`,
  },
  'not-a-number': {
    zh: ({ pattern, found }) => `/${pattern}/ 找到的 ${quoted(found)} 不是数字`,
    en: ({ pattern, found }) => `/${pattern}/ finds ${quoted(found)}, not a number`,
  },
  'number-below': {
    zh: ({ pattern, found, min }) => `/${pattern}/ 找到的是 ${found}，小于 ${min}`,
    en: ({ pattern, found, min }) => `/${pattern}/ finds ${found}, less than ${min}`,
  },
  'number-above': {
    zh: ({ pattern, found, max }) => `/${pattern}/ 找到的是 ${found}，大于 ${max}`,
    en: ({ pattern, found, max }) => `/${pattern}/ finds ${found}, more than ${max}`,
  },
  'pattern-too-slow': {
    zh: ({ pattern }) => `正则表达式耗时过长：/${pattern}/`,
    en: ({ pattern }) => `pattern takes too long: /${pattern}/`,
  },
  'body-cut-short': { zh: () => '正文不完整', en: () => 'body cut short' },
  'body-damaged': {
    zh: ({ how }) => (how === 'damaged' ? '压缩的正文已损坏' : '压缩的正文不完整'),
    en: ({ how }) => (how === 'damaged' ? 'compressed body damaged' : 'compressed body cut short'),
  },
  'encoding-unsupported': {
    zh: ({ encoding }) => `不支持 content-encoding ${encoding}`,
    en: ({ encoding }) => `content-encoding ${encoding} is not supported`,
  },
  'json-too-large': { zh: () => 'JSON 超过 1 MiB', en: () => 'JSON over 1 MiB' },
  'json-invalid': {
    zh: ({ why }) => `不是有效的 JSON${why === undefined ? '' : why === 'empty' ? '：正文为空' : '：不是 UTF-8'}`,
    en: ({ why }) => `invalid JSON${why === undefined ? '' : why === 'empty' ? ': empty body' : ': not UTF-8'}`,
  },
  'json-missing': { zh: ({ path }) => `缺少 ${path}`, en: ({ path }) => `${path} is missing` },
  'json-differs': {
    zh: ({ path, found, expected }) => `${path} 是 ${shown('zh', found)}，应为 ${shown('zh', expected)}`,
    en: ({ path, found, expected }) => `${path} is ${shown('en', found)}, not ${shown('en', expected)}`,
  },
  'json-none-of': {
    zh: ({ path, found, expected }) =>
      `${path} 是 ${shown('zh', found)}，应为 ${expected.map((one) => shown('zh', one)).join(' 或 ')}`,
    en: ({ path, found, expected }) =>
      `${path} is ${shown('en', found)}, not ${expected.map((one) => shown('en', one)).join(' or ')}`,
  },
  'json-unwanted': { zh: ({ path }) => `不应有 ${path}`, en: ({ path }) => `${path} should not be there` },
  'json-no-length': {
    zh: ({ path, found }) => `${path} 是 ${shown('zh', found)}，没有长度`,
    en: ({ path, found }) => `${path} is ${shown('en', found)}, which has no length`,
  },
  'json-too-short': {
    zh: ({ path, length, min }) => `${path} 的长度是 ${length}，小于 ${min}`,
    en: ({ path, length, min }) => `${path} has a length of ${length}, less than ${min}`,
  },
  'json-too-long': {
    zh: ({ path, length, max }) => `${path} 的长度是 ${length}，大于 ${max}`,
    en: ({ path, length, max }) => `${path} has a length of ${length}, more than ${max}`,
  },
  'json-not-a-number': {
    zh: ({ path, found }) => `${path} 是 ${shown('zh', found)}，不是数字`,
    en: ({ path, found }) => `${path} is ${shown('en', found)}, not a number`,
  },
  'json-below': {
    zh: ({ path, found, min }) => `${path} 是 ${found}，小于 ${min}`,
    en: ({ path, found, min }) => `${path} is ${found}, less than ${min}`,
  },
  'json-above': {
    zh: ({ path, found, max }) => `${path} 是 ${found}，大于 ${max}`,
    en: ({ path, found, max }) => `${path} is ${found}, more than ${max}`,
  },
  'no-certificate': {
    zh: () => '应答没有经过 TLS，看不到证书',
    en: () => 'answered without TLS: there is no certificate',
  },
  'response-malformed': {
    zh: ({ how }) => `HTTP 应答格式错误：${malformations[how].zh}`,
    en: ({ how }) => `malformed HTTP response: ${malformations[how].en}`,
  },
  'malformed-tolerated': {
    zh: ({ how }) => `应答格式有误，已容忍：${how.map((one) => malformations[one].zh).join('、')}`,
    en: ({ how }) => `malformed, tolerated: ${how.map((one) => malformations[one].en).join(', ')}`,
  },
  'headers-too-large': { zh: () => '应答头超过 256 KiB', en: () => 'response headers over 256 KiB' },
  'http2-failed': {
    zh: ({ error }) => `HTTP/2 出错：${http2Reason(error, 'zh')}`,
    en: ({ error }) => `HTTP/2 failed: ${http2Reason(error, 'en')}`,
  },
  'http2-not-offered': { zh: () => '对方不支持 HTTP/2', en: () => 'HTTP/2 is not offered' },
  'http2-needs-https': { zh: () => 'HTTP/2 需要 https', en: () => 'HTTP/2 needs https' },
  'redirect-loop': { zh: () => '重定向循环', en: () => 'redirect loop' },
  'redirects-over': { zh: ({ max }) => `重定向超过 ${max} 次`, en: ({ max }) => `more than ${max} redirects` },
  'redirect-of-secret': {
    zh: () => '含有机密的正文被重定向到另一主机',
    en: () => 'redirect of a secret body to another host',
  },
  'redirect-to-no-url': {
    zh: () => '重定向到的地址不是 URL',
    en: () => 'redirect to an address that is not a URL',
  },
  'redirect-not-followed': {
    zh: ({ scheme }) => `不跟随到 ${scheme} 的重定向`,
    en: ({ scheme }) => `redirect to ${scheme} not followed`,
  },
  'no-token': {
    zh: ({ why }, say) => `取不到令牌：${say(why)}`,
    en: ({ why }, say) => `no token: ${say(why)}`,
  },
  'token-refused': {
    zh: ({ status, error }) => `令牌服务拒绝：HTTP ${status}${error === undefined ? '' : ` ${error}`}`,
    en: ({ status, error }) => `token refused: HTTP ${status}${error === undefined ? '' : ` ${error}`}`,
  },
  'token-unreadable': {
    zh: () => '令牌服务的应答中没有可用的令牌',
    en: () => 'no usable token in the answer of the token service',
  },
  'url-unusable': { zh: () => '配置的地址不是 URL', en: () => 'the configured address is not a URL' },
  'header-unusable': {
    zh: ({ why }) => (why === 'http2' ? '配置的请求头不能用于 HTTP/2' : '配置的请求头含有 HTTP 不能传送的字符'),
    en: ({ why }) =>
      why === 'http2'
        ? 'a configured header is not allowed in HTTP/2'
        : 'a configured header holds a character that HTTP cannot carry',
  },
}
