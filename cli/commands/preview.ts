import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Option } from 'commander'
import type { Incident } from '../../shared/incidents/incident.ts'
import type { NoticeKind } from '../../shared/incidents/notice-kinds.ts'
import { noticeNow } from '../../shared/incidents/notices.ts'
import type { Message } from '../../shared/messages/message.ts'
import type { SpokenCommand } from '../command.ts'
import { FINE } from '../failure.ts'
import { findIncident, numberOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { pageOf } from '../preview/page.ts'
import { type SampleName, sampleMessage, sampleNames } from '../preview/samples.ts'
import { bubblesOf, shownTypes } from '../preview/show.ts'
import { addTargetOptions, type TargetOptions } from '../target.ts'
import { previewWords } from '../words/preview.ts'

interface PreviewOptions extends TargetOptions {
  incident?: number
  sample: SampleName
  channel?: string[]
  html?: string
}

export function addPreview(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = previewWords[io.language]
  const command = program
    .command('preview')
    .description(say.about)
    .option('--incident <number>', say.incident, numberOf(io.language))
    .addOption(
      new Option('--sample <name>', say.sample)
        .choices([...sampleNames])
        .default('opened')
        .conflicts('incident'),
    )
    .addOption(new Option('--channel <type...>', say.channel).choices(shownTypes))
    .option('--html <file>', say.html)
  addTargetOptions(command)
    .withNotes(
      say.notes,
      'bin/fenghuo.js preview --sample storm --channel wecom-robot --language en',
      'bin/fenghuo.js preview --incident 1024 --stage prod --html preview.html',
    )
    .action(async (options: PreviewOptions) => {
      await preview(options, io)
      done(FINE)
    })
}

async function preview(options: PreviewOptions, io: CliIo): Promise<void> {
  const message = await messageOf(options, io)
  const bubbles = await bubblesOf(options.channel ?? shownTypes, message, io.now)
  if (options.html !== undefined) {
    const title = `#${message.notice.number} ${message.notice.title}`
    await writeFile(resolve(io.cwd, options.html), pageOf(bubbles, title, io.language))
    return io.out(previewWords[io.language].written(options.html))
  }
  io.out(
    bubbles
      .map(({ type, title, messages, why }) =>
        [`── ${title} (${type})`, messages.map(({ text }) => text).join('\n\n'), why].filter(Boolean).join('\n'),
      )
      .join('\n\n'),
  )
}

async function messageOf(options: PreviewOptions, io: CliIo): Promise<Message> {
  const now = io.now()
  const sample = sampleMessage(options.sample, io.language, io.timezone, now)
  if (options.incident === undefined) return sample
  const { found: incident } = await findIncident(options.incident, options, io)
  const { status, acknowledged, resolved } = incident
  const since = { open: now, acknowledged: acknowledged?.at, resolved: resolved?.at }[status]
  return { ...sample, notice: noticeNow(incident, kinds[status], since ?? now, {}, now) }
}

/** What is told of an incident as it stands. */
const kinds: Record<Incident['status'], NoticeKind> = {
  open: 'opened',
  acknowledged: 'acknowledged',
  resolved: 'resolved',
}
