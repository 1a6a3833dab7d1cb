import type { Format } from '../../shared/ingest/format.ts'
import { formats } from '../../shared/ingest/registry.ts'

const nothing = { alerts: [], notes: [] }

/** The page about all formats, as `docs/inbound.md` has it. */
export function inboundDocument(): string {
  return `${[intro, table(), ...formats.map(section), direct].join('\n\n')}\n`
}

const intro = `# Alerts of other systems

<!-- Made of shared/ingest by \`npx node cli/schema.ts\`; a test compares them. -->

Whoever already has monitoring points it here and changes nothing but an address. \`fenghuo inbound\` prints the addresses of a
deployment, or of the local stack; \`fenghuo inbound test FORMAT\` sends a test through one and resolves it; \`fenghuo replay FILE\`
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

const direct = `## Direct to the queue

On AWS a sender needs no HTTP: it puts a message on the events queue, with the policy \`SenderPolicy\` of the stack. Each of these
scripts sends one alert; \`trigger\` and \`resolve\` are their first argument.

- [send.sh](senders/send.sh): bash and the AWS CLI
- [send.py](senders/send.py): Python and boto3
- [send.mjs](senders/send.mjs): Node and @aws-sdk/client-sqs`
