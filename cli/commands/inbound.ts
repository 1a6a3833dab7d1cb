import type { CompiledProject } from '../../shared/contracts/compiled-config.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import { resolveReferences } from '../../shared/contracts/references.ts'
import { didYouMean } from '../../shared/contracts/suggest.ts'
import { wakingSeverity } from '../../shared/engine/waking-trial.ts'
import type { Guide } from '../../shared/ingest/guide.ts'
import { guides } from '../../shared/ingest/registered/guides.ts'
import { trialOf } from '../../shared/ingest/trial.ts'
import { inboundPageWords } from '../../shared/messages/console/inbound.ts'
import { duration } from '../../shared/messages/times.ts'
import { readSeen, type Seen } from '../../shared/store/inbound.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions, readConfig } from '../configuration.ts'
import { storeOf } from '../engine.ts'
import { BAD, CommandError, FINE } from '../failure.ts'
import { findWayIn, projectOf, type WayIn } from '../inbound/where.ts'
import type { CliIo, Done } from '../io.ts'
import { table } from '../table.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'
import { commonWords } from '../words/common.ts'
import { inboundWords } from '../words/inbound.ts'

type InboundOptions = ConfigOptions & TargetOptions & { project?: string; json?: true; yes?: true }

const TRY_MS = 10_000

export function addInbound(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = inboundWords[io.language].inbound
  const command = program
    .command('inbound')
    .description(say.about)
    .option('--project <project>', say.project)
    .option('--json', commonWords[io.language].json)
  addTargetOptions(addConfigOption(command))
    .withNotes(say.notes, 'bin/fenghuo.js inbound', 'bin/fenghuo.js inbound --stage prod --json')
    .action(async (options: InboundOptions) => done(await list(options, io)))
  command
    .command('test')
    .description(say.test)
    .argument('<format>', say.format)
    .option('--yes', say.yes)
    .withNotes(say.testNotes, 'bin/fenghuo.js inbound test alertmanager --project pay')
    .action(async (format: string, _: unknown, sub: SpokenCommand) =>
      done(await test(format, sub.optsWithGlobals(), io)),
    )
}

async function list(options: InboundOptions, io: CliIo): Promise<number> {
  const config = readConfig(options, io)
  const project = projectOf(options.project, config)
  const way = await findWayIn(options, config, io)
  const key = masked(way.keyOf(project))
  const { seen, isKnown } = await heardOf(project, options, io)
  const rows = guides.map(({ title, format: { format, routes } }) => ({
    format,
    title,
    url: `${way.url}${routes[0].replace('{key}', key)}`,
    seen: ownProperty(seen, format),
  }))
  if (options.json) {
    const shown = rows.map(({ title, seen, ...row }) => ({
      ...row,
      title: title[io.language],
      lastSeen: seen === undefined ? null : { at: new Date(seen.at).toISOString(), alerts: seen.alerts },
    }))
    io.out(JSON.stringify({ target: way.name, project, key, formats: shown }, null, 2))
    return FINE
  }
  const say = inboundWords[io.language].inbound
  io.out(
    table(
      say.head,
      rows.map((row) => [row.format, row.title[io.language], ago(row.seen, io), row.url]),
    ),
  )
  io.out(`\n${say.keyOf(project)}${isKnown ? '' : say.unknown}`)
  return FINE
}

/** When each format was last heard of; addresses are worth printing where the table can't be read. */
async function heardOf(project: string, options: InboundOptions, io: CliIo) {
  try {
    return { seen: await readSeen(project, storeOf(findTarget(options, io), io)), isKnown: true }
  } catch (error) {
    if (error instanceof CommandError) throw error
    return { seen: {}, isKnown: false }
  }
}

/** `3 min ago`. */
function ago(seen: Seen | undefined, { now, language }: CliIo): string {
  if (seen === undefined) return ''
  return inboundWords[language].inbound.ago(duration(Math.max(0, now() - seen.at), language))
}

async function test(name: string, options: InboundOptions, io: CliIo): Promise<number> {
  const guide = guideNamed(name)
  const { example } = guide
  if (example === undefined)
    throw new CommandError({
      en: `nothing ends what ${name} begins, so that a test would page: \`drill\` tries a page`,
      zh: `${name} 开始的事没有什么能结束，测试会真的呼叫人：演练用 \`drill\``,
    })
  const config = readConfig(options, io)
  const project = projectOf(options.project, config)
  const { body, resolved } = example
  if (options.stage !== undefined && !options.yes) refuseToWake(guide, ownProperty(config.projects, project), io)
  const way = await findWayIn(options, config, io)
  const key = way.keyOf(project)
  if (key === undefined)
    throw new CommandError({
      en: `no key of ${project} is at hand: name one in \`keys\`, and set its variable here`,
      zh: `手边没有 ${project} 的密钥：在 \`keys\` 里写一个，并在这里设置它的变量`,
    })
  const asked = { guide, way, key, test: inboundPageWords[config.language].sample }
  const sign = signer(guide, ownProperty(config.projects, project)?.inbound, io)
  const begun = await post(body, asked, sign, io)
  const ended = resolved === undefined || !begun.isTaken ? undefined : await post(resolved, asked, sign, io)
  const answers = [begun, ...(ended ? [ended] : [])]
  if (options.json) io.out(JSON.stringify({ target: way.name, project, format: name, answers }, null, 2))
  else for (const { status, answer } of answers) io.out(`HTTP ${status} ${answer}`)
  return answers.every(({ isTaken }) => isTaken) ? FINE : BAD
}

/** Throws a `CommandError` where a test would wake somebody: its format has no severity that says otherwise. */
function refuseToWake(guide: Guide, project: CompiledProject | undefined, io: CliIo): void {
  if (project === undefined) return
  const { format } = guide.format
  const options = ownProperty(project.inbound ?? {}, format)
  const severity = wakingSeverity(guide, { project, receivedAt: io.now(), token: io.randomId, options })
  if (severity === undefined) return
  throw new CommandError({
    en: `the test of ${format} would be ${severity} in ${project.name}, and may call before it is resolved: --yes sends it`,
    zh: `${format} 的测试在 ${project.name} 中算 ${severity}，恢复之前可能就打电话：确实要发请加 --yes`,
  })
}

/** Throws a `CommandError` for a format that is not there. */
export function guideNamed(name: string): Guide {
  const known = guides.map(({ format: { format } }) => format)
  const found = guides.find(({ format: { format } }) => format === name)
  if (found) return found
  const guess = didYouMean(name, known)
  throw new CommandError({
    en: `no format is named \`${name}\`${guess.en}; there are: ${known.join(', ')}`,
    zh: `没有名为 \`${name}\` 的格式${guess.zh}；有：${known.join('、')}`,
  })
}

type Sign = (body: string) => Record<string, string>

/** Signs a test as the project wants this format's requests signed. Throws a `CommandError` without the secret. */
function signer({ format: { format }, sign }: Guide, inbound: Record<string, unknown> = {}, io: CliIo): Sign {
  const { value: options, missing } = resolveReferences(ownProperty(inbound, format), io.env)
  if (sign === undefined || options === undefined) return () => ({})
  const [name] = missing
  if (name !== undefined)
    throw new CommandError({
      en: `${name} signs what comes from ${format}: set it here to send a test`,
      zh: `${format} 的请求由 ${name} 签名：要发送测试，请在这里设置它`,
    })
  return (body) => sign(body, options, io.now())
}

/** What a test is sent to, and with; `test`: what it says. */
interface Asked {
  guide: Guide
  way: WayIn
  key: string
  test: string
}

async function post(example: unknown, { guide, way: { url, name }, key, test }: Asked, sign: Sign, io: CliIo) {
  const { url: address, body } = trialOf(example, guide.format, { url, key, text: test, now: io.now() })
  const headers = { 'content-type': 'application/json', ...sign(body) }
  try {
    const signal = AbortSignal.timeout(TRY_MS)
    const reply = await fetch(address, { method: 'POST', headers, body, signal })
    return { isTaken: reply.ok, status: reply.status, answer: (await reply.text()).trim() }
  } catch (error) {
    const { cause, message } = error as { cause?: { code?: string }; message?: string }
    const said = cause?.code ?? message
    throw new CommandError({
      en: `the way in of ${name} does not answer: ${said}`,
      zh: `${name}的接入地址没有应答：${said}`,
    })
  }
}

/** Enough of a key to tell it from others. */
function masked(key: string | undefined): string {
  return key === undefined ? '{key}' : `${key.slice(0, 4)}…`
}
