import type { Language } from '../../shared/contracts/words.ts'
import { guides } from '../../shared/ingest/registered/guides.ts'
import { pageOf } from './page.ts'

const nothing = { dedupKeys: [], notes: [] }

/** The page about all formats, as `docs/inbound.md` and `docs/inbound.zh-CN.md` have it: each has one of its own. */
export function inboundDocument(language: Language): string {
  return `${[intro[language], table(language), jobs[language], direct[language]].join('\n\n')}\n`
}

const intro: Record<Language, string> = {
  en: `# Alerts of other systems

[中文](inbound.zh-CN.md)

<!-- Made of shared/ingest by \`npx node cli/schema.ts\`; a test compares them. -->

Whoever already has monitoring points it here and changes nothing but an address. Each sender has a page that says how it is set up.
\`bin/fenghuo.js inbound\` prints the addresses of a deployment, or of the local stack; \`bin/fenghuo.js inbound test FORMAT\` sends a test
through one and resolves it; \`bin/fenghuo.js replay FILE\` shows what would come of a payload without sending it. A test is no more than
a warning where its format has severities; PagerDuty's first version and Uptime Kuma have none, so that theirs may call before it is
resolved, and a deployment gets it with \`--yes\` alone.

Each project has keys of its own. They stand in no file and in no package: \`fenghuo.yml\` names variables, packaging keeps their
digests. Two at a time let a key be changed without a gap.

\`\`\`yaml
projects:
  pay:
    keys: [ "\${PAY_KEY}", { key: "\${PAY_KEY_OLD}", perMinute: 60 } ]   # openssl rand -hex 16
\`\`\`

A key that stands neither in the path nor in the body may come as the header \`X-Fenghuo-Key\`, as \`Authorization: Bearer …\`, or as the
password of basic authentication. Each running copy of the function takes 600 requests a minute of a key, unless \`perMinute\` says
otherwise.

What is answered as taken is on the events queue. Trouble of ours is answered with what that sender tries again after. A field that
is missing, unknown, too long or unreadable is mended, the answer and the incident's history say so, and the page goes out: a body is
refused only if there is nothing to page in it. A list of thousands of alerts goes to the queue some hundreds at a time, so that the first
of them pages while the last is still being read. An alert counts from when its request came: what is sent again is no news, and what
arrives late, when its sender has given up and sent something newer, changes nothing. Only an alert without any key stands for itself each
time that it is sent.

Every answer is JSON, an error too: 404 for no address of ours, 405 and 415 for a method or a type that is not taken, 413 for what is
larger than 20 MB when it is unpacked. \`X-Forwarded-*\` and other headers of proxies are read by nothing, for anybody may write them: whose an alert
is says its key alone.`,
  zh: `# 其他系统的告警

[English](inbound.md)

<!-- 由 \`npx node cli/schema.ts\` 从 shared/ingest 生成，有测试比对。 -->

已有监控的团队把它指向这里，只改一个地址。每种发送方有一页说明如何设置。
\`bin/fenghuo.js inbound\` 打印部署或本地全栈的地址；\`bin/fenghuo.js inbound test FORMAT\` 经真实地址发送一条测试告警并让它恢复；\`bin/fenghuo.js replay FILE\` 显示一份内容会产生什么，不发送。
格式能写明级别的，测试最高为 warning；PagerDuty 第一版和 Uptime Kuma 写不了，恢复之前可能就打电话，因此向部署发送要加 \`--yes\`。

每个项目有自己的密钥，不写在任何文件或部署包里：\`fenghuo.yml\` 写变量名，打包时只留摘要。同时有两个即可不中断地更换。

\`\`\`yaml
projects:
  pay:
    keys: [ "\${PAY_KEY}", { key: "\${PAY_KEY_OLD}", perMinute: 60 } ]   # openssl rand -hex 16
\`\`\`

既不在路径也不在正文里的密钥，可以放在请求头 \`X-Fenghuo-Key\`、\`Authorization: Bearer …\`，或基本认证的密码里。除非 \`perMinute\`
另有规定，每个运行中的函数实例每分钟接受一个密钥的 600 个请求。

答复“已接收”时，告警已在事件队列里。我们自己的问题，用该发送方会重试的答复告知。缺失、未知、过长或无法读取的字段会被补正，
答复和告警单的记录会说明，呼叫照常发出：只有完全没有可呼叫内容的正文才会被拒绝。
数千条告警的列表每次几百条送入队列，最后一条还在读取时，第一条已经在呼叫。
告警从请求到达时算起：重发的不算新消息；发送方已放弃并发出更新的内容后才到的，不起作用。只有完全没有标识的告警，每次发送各算一条。

每个答复都是 JSON，出错也是：不是我们的地址答 404，方法或类型不收答 405、415，解压后超过 20 MB 答 413。
\`X-Forwarded-*\` 等代理写的请求头一概不读，因为谁都能写：告警属于谁只看密钥。`,
}

const columns: Record<Language, string> = {
  en: '| sender | format | path | taken | send it again |',
  zh: '| 发送方 | 格式 | 路径 | 已接收 | 请重发 |',
}

function table(language: Language): string {
  const rows = guides.map((guide) => {
    const { format, routes, answers } = guide.format
    const taken = answers.taken(nothing).status
    const busy = answers.busy(1).status
    const link = `[${guide.title[language]}](${pageOf(guide, language)})`
    return `| ${link} | \`${format}\` | \`${routes[0]}\` | ${taken} | ${busy} |`
  })
  return [columns[language], '|---|---|---|---|---|', ...rows].join('\n')
}

const jobs: Record<Language, string> = {
  en: `## Jobs, as to Healthchecks

\`bin/fenghuo.js heartbeat\` prints two addresses for each check of kind \`heartbeat\`. The second one is for clients of Healthchecks: curl in
crontabs, runitor, libraries. \`/start\` behind it says that the job has begun, \`/fail\` or an exit status how it ended, \`?rid=\` a UUID tells
runs side by side apart. The last line of what is posted is told with it, and its last 10,000 characters stand in the incident's details. A
job that has begun and not ended within the check’s \`grace\` is down.

\`\`\`sh
curl -fsS -m 10 --retry 5 {url}/ping/{key}/nightly/start
backup > log 2>&1; curl -fsS -m 10 --retry 5 --data-binary @log {url}/ping/{key}/nightly/$?
\`\`\``,
  zh: `## 任务上报（Healthchecks 形式）

\`bin/fenghuo.js heartbeat\` 为每个 \`heartbeat\` 检查打印两个地址，第二个供 Healthchecks 的客户端使用（crontab 里的 curl、runitor 等）。
后面加 \`/start\` 表示任务开始，\`/fail\` 或退出码表示如何结束，\`?rid=\` 加 UUID 区分同时进行的多次运行，提交内容的最后一行会随告警说明，
最后 10,000 个字符在告警单的详情里。开始后未在 \`grace\` 内结束即为不可用。

\`\`\`sh
curl -fsS -m 10 --retry 5 {url}/ping/{key}/nightly/start
backup > log 2>&1; curl -fsS -m 10 --retry 5 --data-binary @log {url}/ping/{key}/nightly/$?
\`\`\``,
}

const direct: Record<Language, string> = {
  en: `## Direct to the queue

On AWS a sender needs no HTTP: it puts a message on the events queue, with the policy \`SenderPolicy\` of the stack. Each of these
scripts sends one alert; \`trigger\` and \`resolve\` are their first argument.

Such a key speaks for every project and every vantage until \`senders\` in \`fenghuo.yml\` binds it: who is named there, by the unique id of
its IAM user or role, says only what is its own, and anything else goes to the dead letters with a warning. Name each user whose keys
lie outside AWS; the functions of the stack need no entry.

\`\`\`yaml
senders:
  AIDACKCEVSQ6C2EXAMPLE: { projects: [pay] }   # aws iam get-user --user-name pay-alerts --query User.UserId
\`\`\`

- [send.sh](senders/send.sh): bash and the AWS CLI
- [send.py](senders/send.py): Python and boto3
- [send.mjs](senders/send.mjs): Node and @aws-sdk/client-sqs`,
  zh: `## 直接写入队列

在 AWS 上，发送方不需要 HTTP：凭堆栈的策略 \`SenderPolicy\` 把消息放进事件队列。下面每个脚本发送一条告警，第一个参数是 \`trigger\` 或
\`resolve\`。

这样的密钥可以代任何项目、任何观测点发送，除非 \`fenghuo.yml\` 的 \`senders\` 加以限定：写在那里的 IAM 用户或角色（唯一 ID）只能代自己的项目和观测点
发送，其余进入死信队列并告警。密钥放在 AWS 之外的每个用户都应写上；堆栈自己的函数不用写。

\`\`\`yaml
senders:
  AIDACKCEVSQ6C2EXAMPLE: { projects: [pay] }   # aws iam get-user --user-name pay-alerts --query User.UserId
\`\`\`

- [send.sh](senders/send.sh)：bash 和 AWS CLI
- [send.py](senders/send.py)：Python 和 boto3
- [send.mjs](senders/send.mjs)：Node 和 @aws-sdk/client-sqs`,
}
