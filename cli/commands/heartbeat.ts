import { isToldBy } from '../../shared/checks/evaluators.ts'
import { heartbeatUrl, pingUrl } from '../../shared/checks/heartbeat/key.ts'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import type { Language } from '../../shared/contracts/words.ts'
import type { HeartbeatSpec } from '../../shared/evaluation/heartbeat.ts'
import { shortDuration } from '../../shared/messages/times.ts'
import { choose } from '../check/choose.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions, readConfig } from '../configuration.ts'
import { CommandError, FINE } from '../failure.ts'
import { addressAndSecret } from '../function-secret.ts'
import type { CliIo, Done } from '../io.ts'
import { addTargetOptions, type TargetOptions } from '../target.ts'
import { inboundWords } from '../words/inbound.ts'

type HeartbeatOptions = ConfigOptions & TargetOptions & { json?: true }

export function addHeartbeat(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = inboundWords[io.language].heartbeat
  const command = program
    .command('heartbeat')
    .description(say.about)
    .argument('[names...]', say.names)
    .option('--json', say.json)
  addTargetOptions(addConfigOption(command))
    .withNotes(say.notes, 'bin/fenghuo.js heartbeat data/nightly', 'bin/fenghuo.js heartbeat --stage prod --json')
    .action(async (names: string[], options: HeartbeatOptions) => done(await heartbeat(names, options, io)))
}

async function heartbeat(names: string[], options: HeartbeatOptions, io: CliIo): Promise<number> {
  const checks = choose(readConfig(options, io), names).filter((check) => isToldBy('heartbeat', check))
  if (checks.length === 0 && names.length === 0)
    throw new CommandError({
      en: 'no heartbeat is configured: a check such as `backup: { title: Backup, heartbeat: 1d }` is one',
      zh: '没有配置心跳：`backup: { title: 备份, heartbeat: 1d }` 这样的检查就是',
    })
  if (checks.length === 0)
    throw new CommandError({
      en: 'no such check is a heartbeat: the others are run by probes',
      zh: '其中没有心跳：其他检查由探针执行',
    })
  const { url, secret } = await addressAndSecret('heartbeat', options, io)
  const addresses = checks.map((check) => ({
    check: check.id,
    url: heartbeatUrl(url, check.id, secret),
    ping: pingUrl(url, check.id, secret),
  }))
  if (options.json) io.out(JSON.stringify(addresses, null, 2))
  else
    for (const [index, check] of checks.entries()) {
      const { url = '', ping = '' } = addresses[index] ?? {}
      io.out(`${about(check, io.language)}\n${curl(url)}\n${inboundWords[io.language].heartbeat.ping(ping)}`)
    }
  return FINE
}

/** `# data/nightly: every 1d, at most 2h late`. */
function about({ id, spec }: CompiledCheck, language: Language): string {
  const { periodMs, graceMs } = spec as HeartbeatSpec
  const [period, grace] = [shortDuration(periodMs, language), shortDuration(graceMs, language)]
  return inboundWords[language].heartbeat.every(id, period, grace)
}

function curl(url: string): string {
  return `curl -fsS -m 20 --retry 3 "${url}"`
}
