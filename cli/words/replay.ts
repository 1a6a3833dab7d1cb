import type { Language } from '../../shared/contracts/words.ts'

const en = {
  about: (check: string, runs: number, vantages: number, since: string) =>
    `${check}: ${runs} runs from ${vantages === 1 ? 'one vantage' : `${vantages} vantages`} since ${since}`,
  nothing: (check: string) => `${check}: no run is kept of that time`,
  head: ['SETTINGS', 'INCIDENTS', 'LONGEST', 'TOGETHER'],
  asItIs: (confirm: string, quorum: string) => `as it is: ${confirm}${quorum}`,
  asked: (confirm: string, quorum: string) => `with ${confirm}${quorum}`,
  quorum: (vantages: number) => `, quorum ${vantages}`,
  goesOn: 'goes on',
  alike: 'the same',
  later: (time: string) => `${time} later`,
  earlier: (time: string) => `${time} earlier`,
  never: 'not at all',
  added: 'more than before',
  episodes: ['BEGAN', 'LASTED', 'SEVERITY', 'THEN'],
  needsReplay: (option: string) => `${option} goes with --replay: it says what would have been`,
  noCheck: '--replay needs the names of checks: bin/fenghuo.js check pay/web --replay 7d',
}

const zh: typeof en = {
  about: (check, runs, vantages, since) => `${check}：自 ${since} 起，${vantages} 个观测点共 ${runs} 次`,
  nothing: (check) => `${check}：那段时间没有保存任何一次执行`,
  head: ['设置', '告警单', '最长', '合计'],
  asItIs: (confirm, quorum) => `现有设置：${confirm}${quorum}`,
  asked: (confirm, quorum) => `改为 ${confirm}${quorum}`,
  quorum: (vantages) => `，判定数 ${vantages}`,
  goesOn: '仍在继续',
  alike: '相同',
  later: (time) => `晚 ${time}`,
  earlier: (time) => `早 ${time}`,
  never: '不触发',
  added: '比原来多',
  episodes: ['始于', '持续', '级别', '改后'],
  needsReplay: (option) => `${option} 要和 --replay 一起用：它说的是本来会怎样`,
  noCheck: '--replay 要写明检查：bin/fenghuo.js check pay/web --replay 7d',
}

/** The words of `check --replay`. */
export const replayWords: Record<Language, typeof en> = { en, zh }
