import type { Language } from '../../shared/contracts/words.ts'

const en = {
  option:
    'two regions as two process groups: one is killed in a ring, comes back, is cut off from the other. About a minute',
  started: (region: string) => `${region} IS THERE`,
  killed: (region: string) => `${region} IS KILLED`,
  link: { cut: 'THE REGIONS ARE CUT OFF FROM EACH OTHER', mended: 'THE REGIONS REACH EACH OTHER AGAIN' },
  alert: {
    sent: (incident: string) => `BOTH ARE TOLD: ${incident}`,
    over: (incident: string) => `BOTH ARE TOLD: ${incident} is over`,
  },
  incident: { 'both-well': 'both are well', 'first-killed': 'the first is killed', apart: 'they are apart' },
  ends: (name: string) => `${name}'s phone is silent`,
  failed: 'The promise was BROKEN:',
  kept: (calls: number) => `The promise held: ${calls} calls.`,
  takeover: (after: string) => `Killed in a ring: the other region called after ${after}.`,
  learnt: (after: string) => `Back again, it knew after ${after} that somebody has it.`,
  met: (after: string) => `Together again, the first knew after ${after} that somebody has it.`,
  broken: {
    late: (incident: string, after: string) => `${incident}: nobody was called in time (${after})`,
    calls: (incident: string, name: string, calls: number, most: number) =>
      `${incident}: ${name} was called ${calls} times, ${most} at most`,
    inVain: (incident: string, name: string, region: string, after: string) =>
      `${incident}: ${region} called ${name} although it knew better (${after})`,
  },
  inVain: {
    ring: (region: string) => `a call from ${region}`,
    acknowledged: (region: string, incident: string) => `${region} knowing that somebody has it: ${incident}`,
    resolved: (region: string, incident: string) => `${region} knowing that it is over: ${incident}`,
    silence: (region: string) => `the phones of ${region} being silent`,
  },
  never: 'never',
}

export type DrillRegionsWords = typeof en

const zh: DrillRegionsWords = {
  option: '两个地域，两组进程：一个在响铃时被杀掉、恢复，又与另一个断开。约一分钟',
  started: (region) => `${region} 起来了`,
  killed: (region) => `${region} 被杀掉`,
  link: { cut: '两个地域互相断开', mended: '两个地域又能互通' },
  alert: {
    sent: (incident) => `告知两个地域：${incident}`,
    over: (incident) => `告知两个地域：${incident}，已恢复`,
  },
  incident: { 'both-well': '两个地域都正常', 'first-killed': '第一个被杀掉', apart: '互相断开' },
  ends: (name) => `${name} 的电话停了`,
  failed: '没有守住承诺：',
  kept: (calls) => `守住了承诺：${calls} 通电话。`,
  takeover: (after) => `响铃时被杀掉：${after} 后另一个地域打出电话。`,
  learnt: (after) => `恢复后 ${after} 得知已有人处理。`,
  met: (after) => `重新互通后 ${after}，第一个地域得知已有人处理。`,
  broken: {
    late: (incident, after) => `${incident}：没有及时呼叫任何人（${after}）`,
    calls: (incident, name, calls, most) => `${incident}：呼叫 ${name} ${calls} 次，至多应为 ${most} 次`,
    inVain: (incident, name, region, after) => `${incident}：${region} 明知已有人处理，仍呼叫 ${name}（${after}）`,
  },
  inVain: {
    ring: (region) => `${region} 打出电话`,
    acknowledged: (region, incident) => `${region} 得知已有人处理：${incident}`,
    resolved: (region, incident) => `${region} 得知已恢复：${incident}`,
    silence: (region) => `${region} 的电话停下`,
  },
  never: '没有',
}

/** The words of `drill --region`. */
export const drillRegionsWords: Record<Language, DrillRegionsWords> = { en, zh }
