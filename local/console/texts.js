/** All that the page says, in both languages. */
const texts = {
  zh: {
    other: 'EN',
    checks: '检查',
    now: '控制台',
    incidents: '告警单',
    messages: '各渠道发出的消息',
    sandbox: '沙箱',
    real: '真实',
    given: '指定地址',
    span: { day: '最近 24 小时', week: '最近 7 天' },
    chart: { up: '可用', runs: '次检查', median: '中位数' },
    noChecks: '配置里没有由这台机器执行的检查。',
    noIncidents: '没有告警单，一切平静。',
    noMessages: '还没有消息。告警时，群机器人、短信和邮件会出现在这里。',
    folded: { incidents: (n) => `另外 ${n} 张告警单`, messages: (n) => `更早的 ${n} 条消息` },
    timeline: (n) => `经过：${n} 条`,
    sound: (on) => (on ? '♪ 铃声开' : '♪ 铃声关'),
    demo: '演示服务',
    demoUp: '运行正常。把它弄坏，看看会发生什么。',
    demoDown: '已弄坏，返回 503。这里会马上连查几次，电话几秒后响起。',
    break: '弄坏它',
    mend: '修好它',
    allUp: (n) => `${n} 项检查，一切正常`,
    trouble: (down, open) =>
      [down && `${down} 项检查异常`, open && `${open} 张告警单未认领`].filter(Boolean).join('，'),
    waitingFirst: '等待第一次检查…',
    offline: '连接已断开：本地服务停了吗？',
    zone: (zone) => `时间：${zone}`,
    since: (time) => `自 ${time}`,
    opened: (time) => `${time} 发生`,
    lasted: (time, length) => `${time} 发生，持续 ${length}`,
    to: (channel, to) => (to ? `${channel} → ${to}` : channel),
    refused: (reason) => `被拒绝：${reason}`,
    idle: '没有来电',
    calling: '来电',
    talking: '通话中',
    answer: '接听',
    noAnswer: '不接',
    hangUp: '挂断',
    more: (n) => `还有 ${n} 个来电`,
  },
  en: {
    other: '中文',
    checks: 'Checks',
    now: 'Console',
    incidents: 'Incidents',
    messages: 'What each channel sent',
    sandbox: 'sandbox',
    real: 'real',
    given: 'given address',
    span: { day: 'last 24 hours', week: 'last 7 days' },
    chart: { up: 'up', runs: 'runs', median: 'median' },
    noChecks: 'The configuration has no check that runs on this machine.',
    noIncidents: 'No incident. All is calm.',
    noMessages: 'Nothing sent yet. Chat posts, texts and mail appear here.',
    folded: {
      incidents: (n) => `${n} more ${n === 1 ? 'incident' : 'incidents'}`,
      messages: (n) => `${n} earlier ${n === 1 ? 'message' : 'messages'}`,
    },
    timeline: (n) => `What happened: ${n} ${n === 1 ? 'line' : 'lines'}`,
    sound: (on) => (on ? '♪ Sound on' : '♪ Sound off'),
    demo: 'Demo service',
    demoUp: 'Running well. Break it and see what happens.',
    demoDown: 'Broken: it answers 503. It is checked at once, a few times: the phone rings in seconds.',
    break: 'Break it',
    mend: 'Mend it',
    allUp: (n) => `${n} ${n === 1 ? 'check' : 'checks'}, all is well`,
    trouble: (down, open) =>
      [down && `${down} not well`, open && `${open} waiting for somebody`].filter(Boolean).join(', '),
    waitingFirst: 'Waiting for the first check…',
    offline: 'Connection lost: has the local stack stopped?',
    zone: (zone) => `times: ${zone}`,
    since: (time) => `since ${time}`,
    opened: (time) => `since ${time}`,
    lasted: (time, length) => `${time}, lasted ${length}`,
    to: (channel, to) => (to ? `${channel} → ${to}` : channel),
    refused: (reason) => `refused: ${reason}`,
    idle: 'No call',
    calling: 'Incoming call',
    talking: 'On the line',
    answer: 'Answer',
    noAnswer: "Don't answer",
    hangUp: 'Hang up',
    more: (n) => `${n} more ${n === 1 ? 'call' : 'calls'} waiting`,
  },
}

let chosen = remembered()

/** The texts of the chosen language. */
export function say() {
  return texts[language()]
}

/** `zh` or `en`: what was chosen here, else the browser's. */
export function language() {
  return chosen ?? (navigator.language.startsWith('zh') ? 'zh' : 'en')
}

export function switchLanguage() {
  chosen = language() === 'zh' ? 'en' : 'zh'
  localStorage.setItem('language', chosen)
}

function remembered() {
  const stored = localStorage.getItem('language')
  return stored === 'zh' || stored === 'en' ? stored : undefined
}
