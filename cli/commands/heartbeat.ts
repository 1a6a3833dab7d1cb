import type { Command } from 'commander'
import { heartbeatUrl, pingUrl } from '../../shared/checks/heartbeat/key.ts'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import type { HeartbeatSpec } from '../../shared/evaluation/heartbeat.ts'
import { shortDuration } from '../../shared/messages/times.ts'
import { choose } from '../check/choose.ts'
import { addConfigOption, type ConfigOptions, readConfig } from '../configuration.ts'
import { CommandError, FINE } from '../failure.ts'
import { addressAndSecret } from '../function-secret.ts'
import type { CliIo, Done } from '../io.ts'
import { addTargetOptions, type TargetOptions } from '../target.ts'

type HeartbeatOptions = ConfigOptions & TargetOptions & { json?: true }

export function addHeartbeat(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('heartbeat')
    .description(
      'Print the addresses at which a job reports: a line for its script, and one for clients of Healthchecks',
    )
    .argument('[names...]', 'project/name, a project, or a pattern; all heartbeats when absent')
    .option('--json', 'a list for machines')
  addTargetOptions(addConfigOption(command))
    .addHelpText(
      'after',
      '\nThe address holds a key that is good for this one check: whoever has it can say that the job ran.' +
        '\n&status=$? reports the exit code, and whatever is posted to it is told with it:' +
        '\n  backup > log 2>&1; curl -fsS --retry 3 --data-binary @log "https://…?key=…&status=$?"' +
        '\nClients of Healthchecks append /start, /fail or an exit status to theirs; its key is good for the whole project.' +
        '\nA deployment is asked by lambda:GetFunctionConfiguration, lambda:GetFunctionUrlConfig and secretsmanager:GetSecretValue.' +
        '\n\nExamples:\n  bin/fenghuo.js heartbeat data/nightly\n  bin/fenghuo.js heartbeat --stage prod --json',
    )
    .action(async (names: string[], options: HeartbeatOptions) => done(await heartbeat(names, options, io)))
}

async function heartbeat(names: string[], options: HeartbeatOptions, io: CliIo): Promise<number> {
  const checks = choose(readConfig(options, io), names).filter(({ isPassive }) => isPassive)
  if (checks.length === 0 && names.length === 0)
    throw new CommandError(
      'no heartbeat is configured: a check such as `backup: { title: Backup, heartbeat: 1d }` is one',
    )
  if (checks.length === 0) throw new CommandError('no such check is a heartbeat: the others are run by probes')
  const { url, secret } = await addressAndSecret('heartbeat', options, io)
  const addresses = checks.map((check) => ({
    check: check.id,
    url: heartbeatUrl(url, check.id, secret),
    ping: pingUrl(url, check.id, secret),
  }))
  if (options.json) io.out(JSON.stringify(addresses, null, 2))
  else
    for (const [index, check] of checks.entries())
      io.out(`${about(check)}\n${curl(addresses[index]?.url ?? '')}\n# as Healthchecks: ${addresses[index]?.ping}`)
  return FINE
}

/** `# data/nightly: every 1d, at most 2h late`. */
function about({ id, spec }: CompiledCheck): string {
  const { periodMs, graceMs } = spec as HeartbeatSpec
  return `# ${id}: every ${shortDuration(periodMs, 'en')}, at most ${shortDuration(graceMs, 'en')} late`
}

function curl(url: string): string {
  return `curl -fsS -m 20 --retry 3 "${url}"`
}
