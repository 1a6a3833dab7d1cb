import type { Language, VerdictWord } from '../../shared/contracts/words.ts'
import type { NoticeKind } from '../../shared/incidents/notice-kinds.ts'
import { timelineWords } from '../../shared/messages/timeline-words.ts'
import { words } from '../../shared/messages/words.ts'

const en = {
  target: { down: 'THE SERVER GOES DOWN', up: 'THE SERVER IS BACK' },
  verdict: (verdict: VerdictWord) => `the check is seen ${verdict}`,
  opened: 'the incident is opened',
  resolved: 'the incident is resolved',
  acknowledges: (name: string) => `${name} acknowledges`,
  nobody: 'nobody',
  raging: (alerts: number) => `A STORM: ${alerts} alerts of one project, and one of another`,
  joined: (alerts: number) => `${alerts} of them are joined in one incident`,
  over: 'the storm is over',
  rings: (layer: number, name: string) => `layer ${layer}: ${name}'s phone rings`,
  strangerRings: (name: string) => `${name}, a stranger's phone, rings`,
  listens: (name: string) => `${name} answers and listens`,
  presses: (name: string, key: string) => `${name} presses ${key}`,
  ended: (name: string, reason: string) => `${name}'s call is over: ${reason}`,
  note: (text: string) => `note: ${text}`,
  trouble: {
    call: (to: string, reason: string) => `the call of ${to}: ${reason}`,
    request: (operation: string, said: string) => `${operation} was refused: ${said}`,
    contactEvent: (reason: string) => `a contact event was lost: ${reason}`,
    message: (channel: string, reason: string) => `${channel} refused a message: ${reason}`,
    function: (name: string, reason: string) => `${name} failed: ${reason}`,
  },
  by: (name: string, channel: string) => `${name} by ${channel}`,
  told: (recipient: string, what: NoticeKind) => `${recipient} is told: ${what}`,
  unsent: (recipient: string) => `${recipient} got what nothing has sent`,
  wrong: {
    lost: (what: string, seen: number, wanted: number) => `lost: ${what} (${seen} of ${wanted})`,
    unexpected: (what: string, seen: number, wanted: number) => `unexpected: ${what} (${seen} of ${wanted})`,
    repeated: (what: string, seen: number, wanted: number) => `repeated: ${what} (${seen} of ${wanted})`,
  },
  givenUp: (messages: number) => `lost: ${messages} queue messages were given up`,
  late: (ms: number) => `late: another project's call, ${ms} ms`,
}

export type DrillStory = typeof en

const reach: Record<string, string> = words.zh.reach

const zh: DrillStory = {
  target: { down: '服务器停下了', up: '服务器恢复了' },
  verdict: (verdict) => `检查看到：${words.zh.sees[verdict]}`,
  opened: '告警单打开',
  resolved: '告警单已恢复',
  acknowledges: (name) => `${name} 认领`,
  nobody: '无人',
  raging: (alerts) => `风暴：一个项目 ${alerts} 条告警，另一个项目一条`,
  joined: (alerts) => `其中 ${alerts} 条归并在一张告警单里`,
  over: '风暴过去了',
  rings: (layer, name) => `第 ${layer} 层：${name} 的电话响`,
  strangerRings: (name) => `陌生人 ${name} 的电话响`,
  listens: (name) => `${name} 接听`,
  presses: (name, key) => `${name} 按 ${key}`,
  ended: (name, reason) => `${name} 的通话结束：${reason}`,
  note: (text) => `注意：${text}`,
  trouble: {
    call: (to, reason) => `${to} 的通话：${reason}`,
    request: (operation, said) => `${operation} 被拒绝：${said}`,
    contactEvent: (reason) => `丢失了一个联系事件：${reason}`,
    message: (channel, reason) => `${channel} 拒绝了一条消息：${reason}`,
    function: (name, reason) => `${name} 失败：${reason}`,
  },
  by: (name, channel) => `${name} ${reach[channel] ?? channel}`,
  told: (recipient, what) => `已告知 ${recipient}：${timelineWords.zh.what[what]}`,
  unsent: (recipient) => `${recipient} 收到了谁也没有发出的消息`,
  wrong: {
    lost: (what, seen, wanted) => `缺少：${what}（${seen}/${wanted}）`,
    unexpected: (what, seen, wanted) => `不该有：${what}（${seen}/${wanted}）`,
    repeated: (what, seen, wanted) => `重复：${what}（${seen}/${wanted}）`,
  },
  givenUp: (messages) => `缺少：放弃了 ${messages} 条队列消息`,
  late: (ms) => `太晚：另一项目的电话，${ms} ms`,
}

/** What happens in a rehearsal, a line each, and what went wrong. */
export const drillStory: Record<Language, DrillStory> = { en, zh }

const summaryEn = {
  failed: 'The rehearsal FAILED:',
  fine: (calls: number, messages: number) => `Everything happened, once: ${calls} calls, ${messages} messages.`,
  next: (layer: number, later: string) => `layer ${layer} called ${later} later`,
  detected: (after: string, call: string, next: string[]) =>
    `Detected after ${after}, first call ${call} later; after each call's end ${next.join(', ')}.`,
  recovered: (after: string) => `Recovery told after ${after}.`,
  storm: (alerts: number, call: string, joined: string) =>
    `In a storm of ${alerts} alerts another project's call after ${call}; all of them joined after ${joined}.`,
}

const summaryZh: typeof summaryEn = {
  failed: '演练失败：',
  fine: (calls, messages) => `一切都发生了，且只发生一次：${calls} 通电话，${messages} 条消息。`,
  next: (layer, later) => `${later} 后呼叫第 ${layer} 层`,
  detected: (after, call, next) => `${after} 后发现，再过 ${call} 打出第一通电话；每通电话结束后：${next.join('，')}。`,
  recovered: (after) => `${after} 后告知恢复。`,
  storm: (alerts, call, joined) =>
    `${alerts} 条告警的风暴里，另一项目的电话在 ${call} 后打出；全部告警在 ${joined} 后归并。`,
}

/** How a rehearsal went. */
export const drillSummary: Record<Language, typeof summaryEn> = { en: summaryEn, zh: summaryZh }
