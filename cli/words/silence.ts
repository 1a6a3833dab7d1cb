import type { Language } from '../../shared/contracts/words.ts'

const en = {
  about: 'Let matching incidents page nobody for a while, or while a program runs: -- ./deploy.sh',
  add: 'Silence what matches, at once; what is being paged for it stops',
  ls: 'The silences that count, now or later, and the incidents that each keeps quiet',
  extend: 'Let one last longer, or less long',
  expire: 'End one now: what still burns pages at once',
  matchers:
    'project=pay, check=web, severity=warning, vantage=…, key=…, any label; =, !=, =~, !~; `or` between groups. A pattern fits the whole text',
  for: 'how long, such as 30m or 2h',
  until: '`18:00` and `Sat 18:00` are the next one; or "2026-12-05 18:00"',
  from: 'likewise (default: now)',
  comment: 'why, for whoever finds it',
  commentOfProgram: 'why, for whoever finds it (default: the program)',
  link: 'to what is done meanwhile, such as a change request',
  incident: 'what this incident is about, by its number',
  yes: 'even if it matches everything',
  as: 'who makes it (default: the user of this machine)',
  id: 'as ls shows it',
  all: 'those that are over as well, for 30 days',
  notes:
    'What is silenced is recorded and told to nobody. Ten minutes before a long silence ends the group hears what still burns; at its end that pages.',
  notesOfProgram:
    'The silence is lifted when the program ends, however it ends, and at --for at the latest. The exit code is the program’s; 2: it was fine, but the silence is still there.',
  upgrade: 'database upgrade',
  known: 'known, fixed tomorrow',
  head: ['ID', 'MATCHES', 'FROM', 'UNTIL', 'BY', 'COMMENT', 'QUIET'],
  or: ' or ',
  planned: (comment: string) => `maintenance: ${comment}`,
  none: 'Nothing is silenced.',
  made: (id: string, until: string, matches: string) => `${id} until ${until}: ${matches}`,
  covers: (incidents: string) => `Quiet at once: ${incidents}`,
  coversNone: 'No open incident matches now.',
  extended: (id: string, until: string) => `${id} lasts until ${until}.`,
  later: 'it takes the silence over by itself, within a minute of working again',
  missed: (region: string) => `${region} could not be told, and follows within a minute of being reached`,
  expired: (id: string) => `${id} is over. What still burns pages now.`,
  notEnded: (id: string, why: string, until: string) =>
    `silence ${id} was not ended here: ${why}. It is over at ${until} at the latest, or by bin/fenghuo.js silence expire ${id}`,
  endsFirst: (id: string, until: string, program: string) =>
    `silence ${id} ends at ${until}, and ${program} still runs: what burns then pages. Longer: bin/fenghuo.js silence extend ${id} --for 30m`,
  endedFirst: (id: string, program: string) => `silence ${id} is over, and ${program} still runs: what burns now pages`,
  notStarted: (program: string, why: string) => `${program} could not be started: ${why}`,
}

const zh: typeof en = {
  about: '让匹配的告警单在一段时间内不呼叫任何人，或在程序运行期间：-- ./deploy.sh',
  add: '立即静默匹配的告警单；正在进行的呼叫随即停止',
  ls: '现在或以后生效的静默，以及各自压住的告警单',
  extend: '延长或缩短一条静默',
  expire: '立即结束一条静默：仍未恢复的马上呼叫',
  matchers:
    'project=pay、check=web、severity=warning、vantage=…、key=…，或任意标签；可用 =、!=、=~、!~；各组之间写 `or`。正则须匹配整个值',
  for: '多久，如 30m、2h',
  until: '`18:00`、`Sat 18:00` 指最近的一个；或 "2026-12-05 18:00"',
  from: '写法同上（默认：现在）',
  comment: '原因，写给看到它的人',
  commentOfProgram: '原因，写给看到它的人（默认：程序名）',
  link: '链接，如变更单',
  incident: '这张告警单所说的事，写编号',
  yes: '即使它匹配一切',
  as: '由谁设置（默认：本机用户）',
  id: '见 ls',
  all: '也列出已结束的，保留 30 天',
  notes: '静默期间照常记录，不通知任何人。较长的静默结束前 10 分钟，群里会收到仍未恢复的告警；结束时开始呼叫。',
  notesOfProgram:
    '程序结束（无论结果如何）即解除静默，最迟到 --for。退出码为程序的退出码；2：程序正常结束，但静默未能解除。',
  upgrade: '数据库升级',
  known: '已知，明天修复',
  head: ['ID', '匹配', '从', '到', '由', '原因', '压住'],
  or: ' 或 ',
  planned: (comment) => `维护：${comment}`,
  none: '没有静默。',
  made: (id, until, matches) => `${id}，到 ${until}：${matches}`,
  covers: (incidents) => `立即静默：${incidents}`,
  coversNone: '现在没有匹配的告警单。',
  extended: (id, until) => `${id} 延至 ${until}。`,
  later: '它恢复工作后一分钟内会自行取得',
  missed: (region) => `还未能告知 ${region}，联系上后一分钟内照办`,
  expired: (id) => `${id} 已结束，仍未恢复的现在开始呼叫。`,
  notEnded: (id, why, until) =>
    `静默 ${id} 未能在此解除：${why}。它最迟到 ${until} 结束，也可执行 bin/fenghuo.js silence expire ${id}`,
  endsFirst: (id, until, program) =>
    `静默 ${id} 到 ${until} 结束，而 ${program} 仍在运行：届时未恢复的会开始呼叫。延长：bin/fenghuo.js silence extend ${id} --for 30m`,
  endedFirst: (id, program) => `静默 ${id} 已结束，而 ${program} 仍在运行：未恢复的现在开始呼叫`,
  notStarted: (program, why) => `${program} 无法启动：${why}`,
}

/** The words of `silence`. */
export const silenceWords: Record<Language, typeof en> = { en, zh }
