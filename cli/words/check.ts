import type { Language, VerdictWord } from '../../shared/contracts/words.ts'
import { several } from './counts.ts'

const en = {
  about: 'Run checks now, from this machine',
  names: 'project/name, a project, or a pattern such as "pay/*"; all when absent',
  from: 'only what runs from this vantage, with its limits there; still from this machine',
  watch: 'run again at each interval, until Ctrl-C',
  replay: 'instead of running it: what it would have paged for since then, of its kept history, such as 7d',
  confirm: 'with --replay: as if `confirm` were this, such as 3/5',
  quorum: 'with --replay: as if `quorum` were this',
  console:
    'run nothing, and tell what this deployment’s console says: https://HOST, its token in FENGHUO_CONSOLE_TOKEN',
  json: 'one object for machines; with --watch one on a line for each round',
  notes: `Each is run once, without the confirmation that a page needs. Heartbeats are listed: their jobs report, nobody runs them.
With --replay the history of the local stack, or of --stage, is judged again run by run: what the settings as they are would have raised, and
what others would. Runs are kept for a week. Faulty vantages and what a check depends on are left out of account.
With --watch a terminal shows the table as it is now; a file or a pipe gets one line for each change.
With --console nothing is run: it tells what the deployment believes of each, and what each vantage saw last.
Exit codes: 0 all are up or degraded, 1 any is down, 2 any could not be looked at, or bad usage.`,
  stopped: (count: number, checks: string) => `stopped: ${count} of ${checks} had been run`,
  counted: (counts: string, time: string) => `${counts}, in ${time}`,
  running: (checks: string) => `running ${checks}`,
  watching: (checks: string) => `watching ${checks}, Ctrl-C ends`,
  progress: (seen: number, all: number, down: number) =>
    `${seen} of ${several(all, 'check', 'en')}${down > 0 ? `, ${down} down` : ''}`,
  state: { up: 'up', degraded: 'degraded', down: 'down', unknown: 'unknown' } as Record<VerdictWord, string>,
  comma: ', ',
  change: (now: VerdictWord, before: VerdictWord | undefined) =>
    `${now.toUpperCase()}${before === undefined ? '' : ` (was ${before.toUpperCase()})`}`,
  lastRun: (time: string) => `, last run ${time}`,
  looking: (checks: string) => `looking at ${checks}`,
  ends: (text: string) => `${text}. Ctrl-C ends.`,
  linesMore: (lines: number) => `… ${lines} lines more: give names, or a larger window`,
  head: ['STATE', 'CHECK', 'LATENCY'],
  phase: { dns: 'DNS', connect: 'CONNECT', tls: 'TLS', firstByte: 'FIRST BYTE', download: 'DOWNLOAD' },
  detail: 'DETAIL',
  verdictHead: ['STATE', 'CHECK', 'SINCE', 'SEEN'],
  passive: (kind: string, period: string) => `${kind}: its job reports every ${period}, nothing to run`,
}

const chineseStates: Record<VerdictWord, string> = { up: '正常', degraded: '变慢', down: '不可用', unknown: '未知' }

const zh: typeof en = {
  about: '现在就从本机执行检查',
  names: '项目/名称、项目，或 "pay/*" 这样的通配；不写则为全部',
  from: '只执行从这个观测点看的检查，按那里的限值；仍从本机执行',
  watch: '按各自的间隔重复，直到 Ctrl-C',
  replay: '不执行，而是用保存的历史重新判定：从那时起会触发哪些告警，如 7d',
  confirm: '与 --replay 一起：假如 `confirm` 是它，如 3/5',
  quorum: '与 --replay 一起：假如 `quorum` 是它',
  console: '不执行，给出这个部署的控制台所说：https://主机，令牌放在 FENGHUO_CONSOLE_TOKEN',
  json: '输出一个 JSON 对象，供程序读取；加 --watch 则每轮一行',
  notes: `每项只执行一次，不像告警那样需要多次确认。心跳只列出：由任务自己上报，不能执行。
--replay 用本机栈或 --stage 的历史逐次重新判定：按现有设置会触发什么，按别的设置又会触发什么。每次执行的结果保存一周。不考虑异常观测点和所依赖的检查。
--watch 在终端里显示当前的表格；输出到文件或管道时，每次变化一行。
--console 不执行检查：给出部署环境对每项检查的判定，以及各观测点最近所见。
退出码：0 全部正常或变慢，1 有不可用的，2 有看不了的，或用法错误。`,
  stopped: (count, checks) => `已停止：${checks}执行了 ${count} 项`,
  counted: (counts, time) => `${counts}，用时 ${time}`,
  running: (checks) => `正在执行 ${checks}`,
  watching: (checks) => `正在观察 ${checks}，Ctrl-C 结束`,
  progress: (seen, all, down) => `${seen}/${several(all, 'check', 'zh')}${down > 0 ? `，${down} 项不可用` : ''}`,
  state: chineseStates,
  comma: '，',
  change: (now, before) => chineseStates[now] + (before === undefined ? '' : `（之前${chineseStates[before]}）`),
  lastRun: (time) => `，最近一次 ${time}`,
  looking: (checks) => `正在看 ${checks}`,
  ends: (text) => `${text}。Ctrl-C 结束。`,
  linesMore: (lines) => `… 还有 ${lines} 行：写出名称，或放大窗口`,
  head: ['状态', '检查', '耗时'],
  phase: { dns: 'DNS', connect: '连接', tls: 'TLS', firstByte: '首字节', download: '下载' },
  detail: '详情',
  verdictHead: ['状态', '检查', '自何时起', '所见'],
  passive: (kind, period) => `${kind}：任务每 ${period} 上报一次，无需执行`,
}

/** The words of `check`. */
export const checkWords: Record<Language, typeof en> = { en, zh }
