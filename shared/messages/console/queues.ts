import type { WorkedQueue } from '../../contracts/queues.ts'
import type { Language } from '../../contracts/words.ts'

/** What the page of queues says by itself. */
export interface QueueWords {
  title: string
  how: string
  names: Record<WorkedQueue, string>
  waiting: (count: number) => string
  inFlight: (count: number) => string
  delayed: (count: number) => string
  /** A report was taken from the events queue. */
  consumed: (ago: string) => string
  neverConsumed: string
  /** A message went through both queues. */
  through: (ago: string) => string
  letters: (count: number) => string
  noLetters: string
  look: string
  lettersOf: (queue: string) => string
  refused: string
  givenUp: (redrives: number) => string
  more: string
  sendBack: string
  sendAll: string
  sentBack: (count: number) => string
  notThere: string
  failed: string
  unreachable: string
  onlyAdmins: string
}

const zh: QueueWords = {
  title: '队列',
  how: '消息在队列里等候处理；处理不了的进入死信队列，留 14 天。',
  names: {
    events: '事件队列',
    overflow: '溢出队列',
    escalation: '升级队列',
    subscribers: '订阅者队列',
    awsEvents: 'AWS 事件队列',
  },
  waiting: (count) => `等候 ${count} 条`,
  inFlight: (count) => `处理中 ${count} 条`,
  delayed: (count) => `未到时间 ${count} 条`,
  consumed: (ago) => `最近一次取走上报：${ago}前`,
  neverConsumed: '还没有取走过上报',
  through: (ago) => `探路消息上次走过两个队列：${ago}前`,
  letters: (count) => `${count} 条死信`,
  noLetters: '没有死信',
  look: '查看死信',
  lettersOf: (queue) => `${queue}的死信`,
  refused: '被拒绝，原因',
  givenUp: (redrives) => (redrives === 0 ? '多次处理失败' : `多次处理失败，已送回 ${redrives} 次`),
  more: '还有更多，这里只看了一部分。',
  sendBack: '送回队列',
  sendAll: '全部送回队列',
  sentBack: (count) => `已送回 ${count} 条，片刻后处理。`,
  notThere: '这条死信已不在，可能已被送回或删除。',
  failed: '队列没有应答，什么都没有确定；请再看一次。',
  unreachable: '队列没有应答',
  onlyAdmins: '送回死信需要在所有项目中的 admin 角色。',
}

const en: QueueWords = {
  title: 'Queues',
  how: 'Messages wait on a queue until they are worked on; what cannot be goes to its dead letters, for 14 days.',
  names: {
    events: 'Events queue',
    overflow: 'Overflow queue',
    escalation: 'Escalation queue',
    subscribers: 'Subscriber queue',
    awsEvents: 'AWS events queue',
  },
  waiting: (count) => `${count} waiting`,
  inFlight: (count) => `${count} being worked on`,
  delayed: (count) => `${count} not due yet`,
  consumed: (ago) => `the last report was taken ${ago} ago`,
  neverConsumed: 'no report has been taken yet',
  through: (ago) => `a canary came through both queues ${ago} ago`,
  letters: (count) => `${count} dead ${count === 1 ? 'letter' : 'letters'}`,
  noLetters: 'no dead letters',
  look: 'Look at the dead letters',
  lettersOf: (queue) => `Dead letters · ${queue}`,
  refused: 'Refused, because',
  givenUp: (redrives) =>
    redrives === 0
      ? 'Tried many times in vain'
      : `Tried many times in vain, and sent back ${redrives} ${redrives === 1 ? 'time' : 'times'}`,
  more: 'There are more: only some were looked at.',
  sendBack: 'Send it back',
  sendAll: 'Send all back',
  sentBack: (count) => `${count} sent back: ${count === 1 ? 'it is' : 'they are'} worked on in a moment.`,
  notThere: 'This dead letter is not there any more: it was sent back, or deleted.',
  failed: 'The queue did not answer, and nothing is sure: look again.',
  unreachable: 'the queue does not answer',
  onlyAdmins: 'To send dead letters back takes the role admin in all projects.',
}

export const queueWords: Record<Language, QueueWords> = { zh, en }
