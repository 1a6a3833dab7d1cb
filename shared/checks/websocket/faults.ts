import type { FactOf, Wording } from '../../contracts/fact.ts'
import type { Language } from '../../contracts/words.ts'
import { quoted, seconds } from '../phrases.ts'

type Nothing = Record<never, never>

/** What is wrong with the answer to a handshake (RFC 6455, section 4.1). */
export type HandshakeFlaw = 'upgrade' | 'accept' | 'extension' | 'protocol'

/** What a frame must not be (RFC 6455, section 5). */
export type FrameFlaw = 'masked' | 'reserved' | 'control' | 'continuation'

export type WebSocketFault = FactOf<{
  'handshake-flawed': { how: HandshakeFlaw }
  'frame-flawed': { how: FrameFlaw }
  'message-over-limit': Nothing
  'frames-without-end': Nothing
  /** The target closed before it said what is expected. `status` is of RFC 6455, section 7.4; absent: it gave none. */
  'websocket-closed': { status?: number; reason?: string }
  /** It did not come in this time, though other messages did. */
  'message-lacks-in-time': { text: string; limitMs: number }
}>

const handshakeFlaws: Record<HandshakeFlaw, Record<Language, string>> = {
  upgrade: { zh: '没有升级', en: 'no upgrade' },
  accept: { zh: '应答与请求不对应', en: 'the answer does not belong to the request' },
  extension: { zh: '使用了没有请求的扩展', en: 'an extension that was not asked for' },
  protocol: { zh: '没有同意所请求的子协议', en: 'the subprotocol is not agreed on' },
}

const frameFlaws: Record<FrameFlaw, Record<Language, string>> = {
  masked: { zh: '服务器发送的帧带掩码', en: 'a masked frame of a server' },
  reserved: { zh: '使用了保留的位或类型', en: 'reserved bits or types' },
  control: { zh: '控制帧过长或被分片', en: 'a control frame that is long or in parts' },
  continuation: { zh: '分片次序错误', en: 'parts out of order' },
}

export const websocketWording: Wording<WebSocketFault> = {
  'handshake-flawed': {
    zh: ({ how }) => `网络套接字握手失败：${handshakeFlaws[how].zh}`,
    en: ({ how }) => `web socket handshake: ${handshakeFlaws[how].en}`,
  },
  'frame-flawed': {
    zh: ({ how }) => `网络套接字的帧有误：${frameFlaws[how].zh}`,
    en: ({ how }) => `malformed frame: ${frameFlaws[how].en}`,
  },
  'message-over-limit': { zh: () => '消息超过 64 KiB', en: () => 'message over 64 KiB' },
  'frames-without-end': {
    zh: () => '对方不停发送帧，已停止读取',
    en: () => 'frames without end, not read any further',
  },
  'websocket-closed': {
    zh: ({ status, reason }) => `对方关闭了连接${detail(status, reason, '：')}`,
    en: ({ status, reason }) => `closed by the target${detail(status, reason, ': ')}`,
  },
  'message-lacks-in-time': {
    zh: ({ text, limitMs }) => `超时 ${seconds(limitMs)}（消息中没有 ${quoted(text)}）`,
    en: ({ text, limitMs }) => `timeout ${seconds(limitMs)} (text not found: ${quoted(text)})`,
    saysTime: true,
  },
}

function detail(status: number | undefined, reason: string | undefined, colon: string): string {
  const parts = [status, reason].filter((part) => part !== undefined && part !== '')
  return parts.length === 0 ? '' : `${colon}${parts.join(' ')}`
}
