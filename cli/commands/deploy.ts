import { mkdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { addConfigOption, type ConfigOptions, readConfig, reasonOf } from '../configuration.ts'
import { argumentsFor, environmentFor } from '../deploy/arguments.ts'
import { Board, outcomeTable } from '../deploy/board.ts'
import { type Course, carryOut, type Deploy, type Outcome } from '../deploy/carry-out.ts'
import { declaredIn } from '../deploy/declared.ts'
import { deployOne } from '../deploy/deploy-one.ts'
import { chosenOf, type Deployment, deploymentsOf } from '../deploy/deployments.ts'
import { runFramework } from '../deploy/framework.ts'
import { lackingIn } from '../deploy/lacking.ts'
import { parametersOf } from '../deploy/parameters.ts'
import { Queues } from '../deploy/queues.ts'
import { stackStatus } from '../deploy/stack.ts'
import { BAD, CommandError, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { table } from '../table.ts'
import { checkStage, USUAL_REGION } from '../target.ts'

type DeployOptions = ConfigOptions & {
  stage: string
  region?: string
  standby?: string
  only?: string[]
  param?: string[]
  plan?: true
  json?: true
}

export function addDeploy(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('deploy')
    .description('Deploy to every cloud and region that vantages name, side by side')
    .requiredOption('--stage <stage>', 'such as prod')
    .option('--region <region>', `the primary region on AWS (default: AWS_REGION, or ${USUAL_REGION})`)
    .option('--standby <region>', 'have an events queue stand by in this region of AWS')
    .option('--only <names...>', 'clouds, vantages, primary or standby')
    .option('--param <name=value...>', 'for each that has this parameter; deployment:name=value for one alone')
    .option('--plan', 'say what would be deployed and what it lacks, and do nothing')
    .option('--json', 'one object for machines')
  addConfigOption(command)
    .addHelpText(
      'after',
      '\nEach is a run of `sls deploy`; what it prints is kept in .fenghuo/deploy. Credentials are those of the clouds: see' +
        '\ndocs/guides. A first deployment has the primary region go first, since the probes of other clouds need its queue.' +
        '\nCtrl-C ends it here; what CloudFormation has begun goes on, and the same command waits for that and goes on.' +
        '\n\nExamples:\n  bin/fenghuo.js deploy --stage prod --plan\n  bin/fenghuo.js deploy --stage prod --param alarmEmail=oncall@example.com tencent:role=fenghuo-probe' +
        '\n  bin/fenghuo.js deploy --stage prod --only tencent hz\n  bin/fenghuo.js deploy --stage prod --standby ap-northeast-1',
    )
    .action(async (options: DeployOptions) => done(await deploy(options, io)))
}

async function deploy(options: DeployOptions, io: CliIo): Promise<number> {
  const region = options.region || io.env.AWS_REGION || io.env.AWS_DEFAULT_REGION || USUAL_REGION
  const { standby, only, stage, param = [] } = options
  checkStage(stage)
  const compiled = readConfig(options, io)
  const { vantages } = compiled
  const all = deploymentsOf({ vantages }, { region, ...(standby === undefined ? {} : { standby }) })
  const deployments = only === undefined ? all : chosenOf(all, vantages, only)
  const given = parametersOf(param, all, vantages, (file) => declaredIn(join(io.root, file)))
  const config = configOf(options, io)
  const isSentTo = all.some(({ cloud, name }) => cloud !== 'aws' && compiled.reportKeys?.[name] === undefined)
  if (options.plan) {
    const planned = deployments.map((one) => ({ ...one, lacks: lackingIn(one, compiled, io.env, given(one)) }))
    return tellPlan(planned, options, io)
  }

  const queues = new Queues({ stage, region, standby }, io.env)
  const waitsFor = await queues.missing(deployments)
  const logs = join(io.root, '.fenghuo', 'deploy')
  await mkdir(logs, { recursive: true }).catch((error: unknown) => {
    throw new CommandError(`${logs} can't be made, which keeps what is printed: ${reasonOf(error)}`)
  })
  const interrupted = new AbortController()
  const goOn = io.onInterrupt(() => interrupted.abort())
  const board = new Board(deployments, io)
  const run: Deploy = async (deployment, hear) => {
    const known = await queues.need(deployment)
    return deployOne(
      argumentsFor(deployment, { stage, region, config, isSentTo }, known, given(deployment)),
      environmentFor(deployment, io.env, known),
      {
        root: io.root,
        log: join(logs, `${stage}-${deployment.name.replace('/', '-')}.log`),
        ...(deployment.cloud === 'aws' && { stack: stackStatus(deployment, stage, io.env, { now: io.now, fetch }) }),
        ...{ run: runFramework, hear, wait: io.wait, signal: interrupted.signal },
      },
    )
  }
  try {
    const changed = (deployment: Deployment, course: Course) => board.show(deployment.name, course)
    const outcomes = await carryOut(deployments, waitsFor, run, changed)
    board.leave()
    tellOutcomes(deployments, outcomes, options, io)
    return outcomes.every(({ status }) => status === 'deployed') ? FINE : BAD
  } finally {
    board.leave()
    goOn()
  }
}

/** A file that the framework reads has to be in the project's folder, of which each deployment has a copy. */
function configOf({ config = 'fenghuo.yml' }: ConfigOptions, { root, cwd }: CliIo): string {
  const path = relative(root, resolve(config === 'fenghuo.yml' ? root : cwd, config))
  if (path.startsWith('..')) throw new CommandError(`${config} has to be in ${root}`)
  return path
}

function tellPlan(planned: (Deployment & { lacks: string[] })[], { json }: DeployOptions, io: CliIo): number {
  const rows = planned.map(({ name, role, region, config }) => [name, role, region, config])
  io.out(json ? JSON.stringify(planned, null, 2) : table(['deployment', 'role', 'region', 'configuration'], rows))
  for (const { name, lacks } of planned) for (const what of lacks) io.err(`warning: ${name} can't be deployed: ${what}`)
  return FINE
}

function tellOutcomes(deployments: Deployment[], outcomes: Outcome[], { json }: DeployOptions, io: CliIo): void {
  if (!json) {
    io.out(outcomeTable(deployments, outcomes))
    return
  }
  const shown = deployments.map((deployment, index) => ({ ...deployment, ...outcomes[index] }))
  io.out(JSON.stringify({ ok: outcomes.every(({ status }) => status === 'deployed'), deployments: shown }, null, 2))
}
