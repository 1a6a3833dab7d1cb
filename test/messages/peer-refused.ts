/** Why another region's word is none, in both languages. */
export const peerRefused: [args: object, zh: string, en: string][] = [
  [
    { from: 'ap-northeast-1', why: 'forged' },
    '自称来自地域 ap-northeast-1 的消息，但签名不符：密钥不同，或出自另一部署',
    'what says it is a word of region ap-northeast-1 bears another seal: the regions have different secrets, or it is of another deployment',
  ],
  [
    { from: 'ap-northeast-1', why: 'alone' },
    '自称来自地域 ap-northeast-1 的消息，但本部署只有一个地域',
    'what says it is a word of region ap-northeast-1 comes to a deployment of one region',
  ],
  [
    { from: 'ap-northeast-1', why: 'not-ours' },
    '自称来自地域 ap-northeast-1 的消息，但不是发给本地域的',
    'what says it is a word of region ap-northeast-1 is none to this region',
  ],
]
