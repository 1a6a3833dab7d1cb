import type { Language } from '../../shared/contracts/words.ts'

const en = {
  ack: {
    about: 'Acknowledge an incident: the phones stop, and the group is told who has it',
    notes: 'Exit code 0 also if somebody has acknowledged it already, 1 if it is resolved.',
    taken: (incident: string, name: string) => `${incident} is yours, ${name}. The group hears of it.`,
    partly: (incident: string, who: string) => `${incident}: ${who}. The phones go on for whoever is missing.`,
    over: (incident: string, number: number) => `${incident} is over: it is now #${number}.`,
    acknowledged: (incident: string, by: string) => `${incident} is acknowledged already${by && `: ${by}`}.`,
  },
  unack: {
    about: 'Give back an incident that is acknowledged: it pages again at once',
    given: (incident: string) =>
      `${incident} is given back, and pages again at once; what is silenced or held, after that.`,
  },
  snooze: {
    about: 'Take an incident for a while: it pages again after that, unless it is over',
    for: 'how long, such as 30m or 2h; at most 7d',
    until: 'until when: 18:00, "Sat 18:00" or "2026-12-05 18:00"',
    one: 'say how long with --for, or until when with --until',
    notes: 'What is acknowledged may be snoozed, too, and a snooze may be made longer. `ack` makes it last.',
    snoozed: (incident: string, name: string, time: string) => `${incident} is yours, ${name}, until ${time}.`,
  },
  merge: {
    about: 'Merge incidents into one: the others page nobody while it goes on',
    into: 'the incident that goes on paging',
    others: 'those that are about the same',
    notes:
      'Each keeps its own life: it is over when its trouble is, and one that outlives the first pages within a minute. `split` takes one out again.',
    merged: (incident: string, into: number) =>
      `${incident} is merged into #${into}, and pages nobody while that goes on.`,
    again: (region: string) =>
      `it does not know of this: once it answers, say it there with --region ${region}, by the numbers of that region`,
    itself: 'an incident is not merged into itself',
    member: (number: number, into: number) => `#${number} is merged into #${into} itself: name that one`,
  },
  split: {
    about: 'Take an incident out of the one that it was merged into: it pages by itself again',
    split: (incident: string, from: number) => `${incident} is taken out of #${from}, and pages by itself.`,
  },
  escalate: {
    about: 'Page the next layer of an incident now, a layer by its number, other people, or by another policy',
    layer: 'begin with this layer of the policy, 1 the first',
    to: 'contacts or schedules, who are paged before the policy’s layers from now on',
    policy: 'a policy in place of the one before, of those that `handOver` of the project lists, or its own',
    notes: 'What is acknowledged is nobody’s after it, and pages again.',
    notLayer: 'should be the number of a layer, 1 the first.',
    escalated: (incident: string, to: string | undefined, policy: string | undefined) => {
      const by = policy === undefined ? '' : `the policy ${policy}`
      const all = [to, by].filter(Boolean).join(', then by ')
      return all === '' ? `${incident} is escalated now.` : `${incident} goes to ${all} now.`
    },
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
    sample: 'rolled back to v41',
    noted: (incident: string, name: string) => `Noted in ${incident}, by ${name}.`,
  },
}

const zh: typeof en = {
  ack: {
    about: '认领告警单：电话停下，群里会知道由谁处理',
    notes: '已经有人认领时退出码也是 0，已恢复时为 1。',
    taken: (incident, name) => `${incident} 由 ${name} 认领，群里会收到通知。`,
    partly: (incident, who) => `${incident}：${who}。继续呼叫还缺的人。`,
    over: (incident, number) => `${incident} 已经结束：现在是 #${number}。`,
    acknowledged: (incident, by) => `${incident} 已经有人认领${by && `：${by}`}。`,
  },
  unack: {
    about: '放弃认领：告警单立即再次呼叫',
    given: (incident) => `已放弃认领 ${incident}，立即再次呼叫；静默中或推迟的，到结束时。`,
  },
  snooze: {
    about: '稍后提醒：先认领，到时仍未结束则再次呼叫',
    for: '多久，如 30m、2h；最长 7d',
    until: '到什么时候：18:00、"Sat 18:00" 或 "2026-12-05 18:00"',
    one: '用 --for 写多久，或用 --until 写到什么时候',
    notes: '已认领的也可以设，已设的可以延长。`ack` 使认领一直有效。',
    snoozed: (incident, name, time) => `${incident} 由 ${name} 认领，到 ${time}。`,
  },
  merge: {
    about: '把几张告警单并成一张：它没结束时，其余的不呼叫任何人',
    into: '继续呼叫的那一张',
    others: '说的是同一件事的',
    notes: '每张仍有自己的始末：各自的异常结束即结束；比前一张更久的，一分钟内开始呼叫。`split` 可再拆出。',
    merged: (incident, into) => `${incident} 已并入 #${into}，那张没结束时不呼叫任何人。`,
    again: (region) => `那里不知道这件事：等它应答后加上 --region ${region}，用那里的编号再执行一次`,
    itself: '不能并入自己',
    member: (number, into) => `#${number} 自己已并入 #${into}：请写那一张`,
  },
  split: {
    about: '把一张告警单从所并入的那张拆出：它重新自行呼叫',
    split: (incident, from) => `${incident} 已从 #${from} 拆出，重新自行呼叫。`,
  },
  escalate: {
    about: '立即呼叫下一层、指定的层、其他人，或改用另一策略',
    layer: '从策略的这一层开始，1 为第一层',
    to: '联系人或排班，从现在起先于策略各层呼叫',
    policy: '改用另一策略：项目自己的，或其 `handOver` 所列的',
    notes: '已认领的会变为无人认领，并再次呼叫。',
    notLayer: '应为层的序号，1 为第一层。',
    escalated: (incident, to, policy) => {
      const all = [to && `转给 ${to}`, policy && `改按策略 ${policy}`].filter(Boolean).join('，')
      return all === '' ? `${incident} 已升级。` : `${incident} ${all}。`
    },
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
    sample: '已回滚到 v41',
    noted: (incident, name) => `已由 ${name} 记入 ${incident}。`,
  },
}

/** The words of the commands that do something to an incident. */
export const actingWords: Record<Language, typeof en> = { en, zh }
