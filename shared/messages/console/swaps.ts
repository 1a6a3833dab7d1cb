import type { Language } from '../../contracts/words.ts'

/** What the page of who is on call says of swaps. */
export interface SwapWords {
  title: string
  ask: string
  how: string
  by: string
  to: string
  mine: string
  yours: string
  from: string
  until: string
  note: string
  send: string
  asked: (by: string, to: string, mine: string, yours: string | undefined) => string
  open: (until: string) => string
  /** Somebody began to accept it, and nobody knows how far that came. */
  unfinished: (who: string) => string
  answered: Record<'accepted' | 'declined' | 'withdrawn', (who: string) => string>
  accept: string
  decline: string
  withdraw: string
  result: Record<'asked' | 'accepted' | 'declined' | 'withdrawn', string>
  over: string
  /** Somebody answers it at this moment, or has died of it within half a minute. */
  busy: string
  elsewhere: string
  half: string
  ownOnly: string
  /** These schedules are in nobody's people any more. */
  gone: (schedules: string[]) => string
}

const zh: SwapWords = {
  title: '换班请求',
  ask: '请人换班',
  how: '对方收到通知后，在这里接受或谢绝；接受之前什么都不改变。“换对方的”可以不填。',
  by: '谁的班',
  to: '请谁',
  mine: '请对方替的一班',
  yours: '换对方的一班',
  from: '从',
  until: '到',
  note: '原因',
  send: '提出',
  asked: (by, to, mine, yours) =>
    yours === undefined ? `${by}请${to}替 ${mine}` : `${by}请${to}替 ${mine}，换 ${yours}`,
  open: (until) => `${until} 前可以接受`,
  unfinished: (who) => `${who}已接受，没有做完：再次接受即完成，谢绝或收回即撤销`,
  answered: {
    accepted: (who) => `${who}已接受`,
    declined: (who) => `${who}已谢绝`,
    withdrawn: (who) => `${who}已收回`,
  },
  accept: '接受',
  decline: '谢绝',
  withdraw: '收回',
  result: { asked: '已提出，正在通知对方。', accepted: '换班已生效。', declined: '已谢绝。', withdrawn: '已收回。' },
  over: '这个请求已经有了答复，或已过期。',
  busy: '此刻正有人在答复：请过半分钟再看。',
  elsewhere: '刚在另一个地域的控制台被接受：请过五分钟再看，或在那里答复。',
  half: '换对方的一班要写明起止时间，或都不写。',
  ownOnly: '只能为自己提出；管理员可以代提。',
  gone: (schedules) => `换班请求，其排班已不存在：${schedules.join('、')}`,
}

const en: SwapWords = {
  title: 'Swaps that were asked for',
  ask: 'Ask somebody to swap',
  how: 'They are told, and accept or decline here; nothing changes before they accept. What you take for it may be left empty.',
  by: 'Whose turn',
  to: 'Whom to ask',
  mine: 'The turn that they are to take',
  yours: 'The turn of theirs that is taken for it',
  from: 'From',
  until: 'Until',
  note: 'Why',
  send: 'Ask',
  asked: (by, to, mine, yours) =>
    yours === undefined ? `${by} asks ${to} to take ${mine}` : `${by} asks ${to} to take ${mine} for ${yours}`,
  open: (until) => `can be accepted until ${until}`,
  unfinished: (who) => `accepted by ${who}, and not finished: accept again to finish, decline or take back to undo`,
  answered: {
    accepted: (who) => `accepted by ${who}`,
    declined: (who) => `declined by ${who}`,
    withdrawn: (who) => `taken back by ${who}`,
  },
  accept: 'Accept',
  decline: 'Decline',
  withdraw: 'Take back',
  result: {
    asked: 'Asked, and a letter is on its way to them.',
    accepted: 'Swapped: it counts from now on.',
    declined: 'Declined.',
    withdrawn: 'Taken back.',
  },
  over: 'It was answered already, or not in time.',
  busy: 'Somebody is answering it at this moment: look again in half a minute.',
  elsewhere:
    'It was accepted at another region’s console a moment ago: look again in five minutes, or answer it there.',
  half: 'The turn that is taken for it needs both its times, or none.',
  ownOnly: 'Everybody asks for themselves; an administrator may for others.',
  gone: (schedules) => `Swaps of schedules that are gone: ${schedules.join(', ')}`,
}

export const swapWords: Record<Language, SwapWords> = { zh, en }
