import type { Language } from '../../shared/contracts/words.ts'
import type { ChannelMode } from '../sandboxes.ts'

/** All that the pages of one machine say by themselves. */
export interface PageWords {
  demo: string
  isUp: string
  isBroken: string
  /** The configuration watches something else. */
  isUnwatched: string
  break: string
  mend: string
  how: string
  happened: string
  nothing: string
  whole: string
  messages: string
  noMessages: string
  earlier: (count: number) => string
  mode: Record<ChannelMode['mode'], string>
  to: (channel: string, to: string | undefined) => string
  refused: (reason: string) => string
  phones: string
  howPhones: string
  noPhones: string
  calls: (ringing: number) => string
  nobody: string
  idle: string
  calling: string
  /** Of the tab, while another one is looked at. */
  callFor: (name: string) => string
  talking: string
  listening: string
  answer: string
  noAnswer: string
  hangUp: string
  /** How a call went that is over. */
  last: string
  pressed: (keys: string) => string
  unanswered: string
  noKey: string
  sound: { on: string; off: string }
  again: string
  result: Record<'gone' | 'not ringing' | 'not listening', string>
}

const zh: PageWords = {
  demo: '演示服务',
  isUp: '运行正常。把它弄坏，看看会发生什么：几处探针看到之后，电话几秒内就会响。',
  isBroken: '已弄坏，返回 503。正在连查几次，电话几秒后响起。',
  isUnwatched: '配置里没有检查它的项目：弄坏它，没有人会知道。要看到电话响，检查的地址写 ${DEMO_URL}。',
  break: '弄坏它',
  mend: '修好它',
  how: '接听后按 1 认领、按 9 转给下一位；也可以让它一直响，看接下来轮到谁。',
  happened: '经过',
  nothing: '还没有告警单。',
  whole: '告警单全文',
  messages: '各渠道发出的消息',
  noMessages: '还没有消息。告警时，群机器人、短信和邮件会出现在这里。',
  earlier: (count) => `更早的 ${count} 条消息`,
  mode: { sandbox: '沙箱', real: '真实', given: '指定地址' },
  to: (channel, to) => (to === undefined ? channel : `${channel} → ${to}`),
  refused: (reason) => `被拒绝：${reason}`,
  phones: '电话',
  howPhones: '值班人员的电话。在沙箱里响，不会拨给任何人。',
  noPhones: '值班名单里没有人有电话号码。',
  calls: (ringing) => `${ringing} 部电话在响`,
  nobody: '名单之外',
  idle: '没有来电',
  calling: '来电',
  callFor: (name) => `来电：${name}`,
  talking: '通话中',
  listening: '请按键',
  answer: '接听',
  noAnswer: '不接',
  hangUp: '挂断',
  last: '上一通',
  pressed: (keys) => `按了 ${keys}`,
  unanswered: '没有接听',
  noKey: '接了，没有按键',
  sound: { on: '铃声与语音：开', off: '铃声与语音：关' },
  again: '再看一次',
  result: {
    gone: '这通电话已经不在了。',
    'not ringing': '电话已经不响了，没有做任何事。',
    'not listening': '现在没有在等按键，没有做任何事。等语音说完再按。',
  },
}

const en: PageWords = {
  demo: 'Demo service',
  isUp: 'Running well. Break it and see what happens: once the probes see it, a phone rings within seconds.',
  isBroken: 'Broken: it answers 503. It is checked at once, a few times: a phone rings in seconds.',
  isUnwatched:
    'No check of the configuration watches it: break it, and nobody hears. For a ringing phone a check has ${DEMO_URL} as its address.',
  break: 'Break it',
  mend: 'Mend it',
  how: 'Answer, and press 1 to acknowledge, or 9 for the next person; or let it ring, and see who that is.',
  happened: 'What happened',
  nothing: 'No incident yet.',
  whole: 'The whole incident',
  messages: 'What each channel sent',
  noMessages: 'Nothing sent yet. Chat posts, texts and mail appear here.',
  earlier: (count) => `${count} earlier ${count === 1 ? 'message' : 'messages'}`,
  mode: { sandbox: 'sandbox', real: 'real', given: 'given address' },
  to: (channel, to) => (to === undefined ? channel : `${channel} → ${to}`),
  refused: (reason) => `refused: ${reason}`,
  phones: 'Phones',
  howPhones: 'The phones of those on call. They ring in a sandbox: nobody is dialled.',
  noPhones: 'Nobody of those on call has a phone number.',
  calls: (ringing) => `${ringing} ${ringing === 1 ? 'phone is' : 'phones are'} ringing`,
  nobody: 'Not on the list',
  idle: 'No call',
  calling: 'Incoming call',
  callFor: (name) => `Incoming call: ${name}`,
  talking: 'On the line',
  listening: 'Press a key',
  answer: 'Answer',
  noAnswer: 'Let it ring out',
  hangUp: 'Hang up',
  last: 'Last call',
  pressed: (keys) => `pressed ${keys}`,
  unanswered: 'not answered',
  noKey: 'answered, no key',
  sound: { on: 'Ring and voice: on', off: 'Ring and voice: off' },
  again: 'Look again',
  result: {
    gone: 'This call is gone.',
    'not ringing': 'The phone rings no more: nothing was done.',
    'not listening': 'No key is awaited now: nothing was done. Press when the voice asks.',
  },
}

export const pageWords: Record<Language, PageWords> = { zh, en }
