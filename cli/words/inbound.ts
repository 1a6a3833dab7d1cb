import type { Language } from '../../shared/contracts/words.ts'

const en = {
  heartbeat: {
    about: 'Print the addresses at which a job reports: a line for its script, and one for clients of Healthchecks',
    names: 'project/name, a project, or a pattern; all heartbeats when absent',
    json: 'a list for machines',
    notes: `The address holds a key that is good for this one check: whoever has it can say that the job ran.
&status=$? reports the exit code, and whatever is posted to it is told with it:
  backup > log 2>&1; curl -fsS --retry 3 --data-binary @log "https://…?key=…&status=$?"
Clients of Healthchecks append /start, /fail or an exit status to theirs; its key is good for the whole project.
A deployment is asked by lambda:GetFunctionConfiguration, lambda:GetFunctionUrlConfig and ssm:GetParameters.`,
    every: (check: string, period: string, grace: string) => `# ${check}: every ${period}, at most ${grace} late`,
    ping: (url: string) => `# as Healthchecks: ${url}`,
  },
  inbound: {
    about: 'Where other systems send their alerts, each by its own protocol',
    project: 'whose key (default: the first project)',
    notes: 'Keys are masked. How each sender is set up: docs/inbound.md.',
    test: 'Send a test through the real address, and resolve it',
    testNotes: `A test is no more than a warning, where its format can say so. PagerDuty's first version and Uptime Kuma can't: theirs is as severe
as what the project gets without a severity, and may call before it is resolved. To a deployment such a test needs --yes.`,
    yes: 'even if it may call somebody',
    format: 'such as pagerduty',
    head: ['FORMAT', 'SENDER', 'LAST SEEN', 'ADDRESS'],
    ago: (time: string) => `${time} ago`,
    keyOf: (project: string) => `The key is one of ${project}.`,
    unknown: " When each was last seen is not known: the table can't be read.",
  },
  replay: {
    about: 'What would come of a payload of another system; nothing is sent',
    file: 'the body of the request; - is standard input',
    format: 'whose payload it is (default: by its looks)',
    project: 'whose key it would come with (default: the one that it names, else the first)',
    notes: 'Exit code 1: the payload would be refused.',
    refused: (format: string) => `${format}: refused`,
    taken: (format: string, alerts: string, project: string) => `${format}: ${alerts} of ${project}`,
    head: ['ACTION', 'SEVERITY', 'DEDUP KEY', 'SUMMARY'],
    nothing: 'Nothing comes of it: this state or kind of message is one that nobody is told of.',
    opens: (incidents: string) => `Opens ${incidents}, unless they are open.`,
    once: (things: string) => `Tells of ${things} once: nothing stays open, and nobody is called.`,
    plan: (severity: string, once: boolean, chat: string, isPaged: boolean) =>
      `${severity}${once ? ', once' : ''}: ${chat ? `chat ${chat}` : 'no chat'}${isPaged ? ', and layer by layer' : '; nobody is called'}`,
    unstaffed: 'Who is called is not known: there is no oncall.yml.',
  },
}

const zh: typeof en = {
  heartbeat: {
    about: '打印任务上报心跳的地址：一行写进脚本，一行给 Healthchecks 的客户端',
    names: '项目/名称、项目或通配；不写则为全部心跳',
    json: '输出 JSON 列表，供程序读取',
    notes: `地址里的密钥只对这一项检查有效：谁拿到它，谁就能说任务运行过。
&status=$? 上报退出码，随之提交的内容会一并告知：
  backup > log 2>&1; curl -fsS --retry 3 --data-binary @log "https://…?key=…&status=$?"
Healthchecks 的客户端会在自己的地址后加 /start、/fail 或退出码；那个密钥对整个项目有效。
查询部署需要 lambda:GetFunctionConfiguration、lambda:GetFunctionUrlConfig 和 ssm:GetParameters。`,
    every: (check, period, grace) => `# ${check}：每 ${period} 一次，最多迟 ${grace}`,
    ping: (url) => `# 按 Healthchecks 的方式：${url}`,
  },
  inbound: {
    about: '其他系统把告警发到哪里，各用各的协议',
    project: '用哪个项目的密钥（默认：第一个项目）',
    notes: '密钥不完整显示。各发送方怎样设置见 docs/inbound.zh-CN.md。',
    test: '通过真实地址发一条测试告警，再使其恢复',
    testNotes: `格式能写明级别的，测试最高为 warning。PagerDuty 第一版和 Uptime Kuma 写不了：其测试按项目未注明级别的告警对待，恢复之前可能就打电话。
向部署发送这样的测试需加 --yes。`,
    yes: '即使可能打电话给人',
    format: '如 pagerduty',
    head: ['格式', '发送方', '最近收到', '地址'],
    ago: (time) => `${time}前`,
    keyOf: (project) => `密钥是 ${project} 的。`,
    unknown: '最近何时收到过不得而知：读不到表。',
  },
  replay: {
    about: '其他系统的一份内容会变成什么；不发送任何东西',
    file: '请求的正文；- 为标准输入',
    format: '是哪一方的内容（默认：看样子判断）',
    project: '随哪个项目的密钥而来（默认：内容里写的项目，否则第一个）',
    notes: '退出码 1：这份内容会被拒绝。',
    refused: (format) => `${format}：会被拒绝`,
    taken: (format, alerts, project) => `${format}：${project} 的 ${alerts}`,
    head: ['动作', '级别', '去重键', '概要'],
    nothing: '不会产生任何告警：这种状态或消息不通知任何人。',
    opens: (incidents) => `若尚未打开，会打开 ${incidents}。`,
    once: (things) => `有 ${things}只告知一次：不留下告警单，也不呼叫任何人。`,
    plan: (severity, once, chat, isPaged) =>
      `${severity}${once ? '，只一次' : ''}：${chat ? `群 ${chat}` : '不通知群'}${isPaged ? '，并逐层呼叫' : '；不呼叫任何人'}`,
    unstaffed: '不知道会呼叫谁：没有 oncall.yml。',
  },
}

/** The words of the commands about what comes in. */
export const inboundWords: Record<Language, typeof en> = { en, zh }
