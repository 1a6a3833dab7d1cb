import type { Language } from '../../shared/contracts/words.ts'

const en = {
  ack: {
    about: 'Acknowledge an incident: the phones stop, and the group is told who has it',
    notes: 'Exit code 0 also if somebody has acknowledged it already, 1 if it is resolved.',
    taken: (incident: string, name: string) => `${incident} is yours, ${name}. The group hears of it.`,
    over: (incident: string, number: number) => `${incident} is over: it is now #${number}.`,
    acknowledged: (incident: string, by: string) => `${incident} is acknowledged already${by && `: ${by}`}.`,
  },
  resolve: {
    about: 'Close an incident by hand: the escalation stops, and those who were told hear of it',
    force: 'close it though its check still fails: it pages again if it goes on for 10 minutes',
    notes: 'A check that recovers resolves its incident by itself. Exit code 0 also if it is resolved already.',
    resolved: (incident: string) => `${incident} is resolved. Everybody who was told hears of it, nobody by phone.`,
    already: (incident: string, by: string) => `${incident} is resolved already${by && `: ${by}`}.`,
  },
  note: {
    about: "Add a line to an incident's timeline",
    text: (most: number) => `in quotes, at most ${most} characters`,
    length: (most: number) => `should be 1 to ${most} characters.`,
    noted: (incident: string, name: string) => `Noted in ${incident}, by ${name}.`,
  },
}

const zh: typeof en = {
  ack: {
    about: '认领告警单：电话停下，群里会知道由谁处理',
    notes: '已经有人认领时退出码也是 0，已恢复时为 1。',
    taken: (incident, name) => `${incident} 由 ${name} 认领，群里会收到通知。`,
    over: (incident, number) => `${incident} 已经结束：现在是 #${number}。`,
    acknowledged: (incident, by) => `${incident} 已经有人认领${by && `：${by}`}。`,
  },
  resolve: {
    about: '手动结束告警单：升级停止，被告知过的人会收到通知',
    force: '检查仍然失败也结束：10 分钟后还是如此会再次呼叫',
    notes: '检查恢复时告警单会自己结束。已经结束时退出码也是 0。',
    resolved: (incident) => `${incident} 已结束。被告知过的人都会收到消息，不打电话。`,
    already: (incident, by) => `${incident} 早已结束${by && `：${by}`}。`,
  },
  note: {
    about: '在告警单的时间线里加一行',
    text: (most) => `写在引号里，最多 ${most} 个字符`,
    length: (most) => `应为 1 到 ${most} 个字符。`,
    noted: (incident, name) => `已由 ${name} 记入 ${incident}。`,
  },
}

/** The words of the commands that do something to an incident. */
export const actingWords: Record<Language, typeof en> = { en, zh }
