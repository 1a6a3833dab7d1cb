import type { Format } from '../../shared/ingest/format.ts'
import { formats } from '../../shared/ingest/registry.ts'

const nothing = { alerts: [], notes: [] }

/** The page about all formats, as `docs/inbound.md` has it. */
export function inboundDocument(): string {
  return `${[intro, table(), ...formats.map(section), jobs, direct].join('\n\n')}\n`
}

const intro = `# Alerts of other systems

<!-- Made of shared/ingest by \`npx node cli/schema.ts\`; a test compares them. -->

Whoever already has monitoring points it here and changes nothing but an address. \`bin/fenghuo.js inbound\` prints the addresses of a
deployment, or of the local stack; \`bin/fenghuo.js inbound test FORMAT\` sends a test through one and resolves it; \`bin/fenghuo.js replay FILE\`
shows what would come of a payload without sending it.

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
refused only if there is nothing to page in it.`

function table(): string {
  const rows = formats.map(({ format, title, routes = [], answers }) => {
    const taken = answers.taken(nothing, {}).status
    const busy = answers.busy(1).status
    return `| [${title.en}](#${anchorOf(title.en)}) | \`${format}\` | \`${routes[0] ?? ''}\` | ${taken} | ${busy} |`
  })
  return ['| sender | format | path | taken | send it again |', '|---|---|---|---|---|', ...rows].join('\n')
}

function section({ title, setup, options, format }: Format): string {
  const told = options === undefined ? [] : [`Settings under \`inbound.${format}\` of a project: ${options.summary.en}`]
  return [`## ${title.en}`, setup.en, ...told, ...(title.zh === title.en ? [] : [`**${title.zh}**`]), setup.zh].join(
    '\n\n',
  )
}

/** As GitHub makes it of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-')
}

const jobs = `## Jobs, as to Healthchecks

\`fenghuo heartbeat\` prints two addresses for each check of kind \`heartbeat\`. The second one is for clients of Healthchecks: curl in
crontabs, runitor, libraries. \`/start\` behind it says that the job has begun, \`/fail\` or an exit status how it ended, \`?rid=\` a UUID tells
runs side by side apart, and the last line of what is posted is told with it. A job that has begun and not ended within the check’s
\`grace\` is down.

\`\`\`sh
curl -fsS -m 10 --retry 5 {url}/ping/{key}/nightly/start
backup > log 2>&1; curl -fsS -m 10 --retry 5 --data-binary @log {url}/ping/{key}/nightly/$?
\`\`\`

**任务上报（Healthchecks 形式）**

\`fenghuo heartbeat\` 为每个 \`heartbeat\` 检查打印两个地址，第二个供 Healthchecks 的客户端使用（crontab 里的 curl、runitor 等）。
后面加 \`/start\` 表示任务开始，\`/fail\` 或退出码表示如何结束，\`?rid=\` 加 UUID 区分同时进行的多次运行，提交内容的最后一行会随告警说明。
开始后未在 \`grace\` 内结束即为不可用。`

const direct = `## Direct to the queue

On AWS a sender needs no HTTP: it puts a message on the events queue, with the policy \`SenderPolicy\` of the stack. Each of these
scripts sends one alert; \`trigger\` and \`resolve\` are their first argument.

- [send.sh](senders/send.sh): bash and the AWS CLI
- [send.py](senders/send.py): Python and boto3
- [send.mjs](senders/send.mjs): Node and @aws-sdk/client-sqs`
