import { mkdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import type { Bilingual } from '../../shared/contracts/words.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions, readConfig, reasonOf } from '../configuration.ts'
import { argumentsFor, environmentFor } from '../deploy/arguments.ts'
import { Board, outcomeTable } from '../deploy/board.ts'
import { type Course, carryOut, type Deploy, type Outcome } from '../deploy/carry-out.ts'
import { declaredIn } from '../deploy/declared.ts'
import { deployOne } from '../deploy/deploy-one.ts'
import { chosenOf, type Deployment, deploymentsOf } from '../deploy/deployments.ts'
import { EventsQueue } from '../deploy/events-queue.ts'
import { runFramework } from '../deploy/framework.ts'
import { lackingIn } from '../deploy/lacking.ts'
import { ownParametersLacking } from '../deploy/own-parameters.ts'
import { parametersOf } from '../deploy/parameters.ts'
import { stackStatus } from '../deploy/stack.ts'
import { BAD, CommandError, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { table } from '../table.ts'
import { checkStage, USUAL_REGION } from '../target.ts'
import { commonWords } from '../words/common.ts'
import { deployWords } from '../words/deploy.ts'

type DeployOptions = ConfigOptions & {
  stage: string
  region?: string
  only?: string[]
  param?: string[]
  plan?: true
  json?: true
}

export function addDeploy(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = deployWords[io.language]
  const command = program
    .command('deploy')
    .description(say.about)
    .requiredOption('--stage <stage>', say.stage)
    .option('--region <region>', say.region(USUAL_REGION))
    .option('--only <names...>', say.only)
    .option('--param <name=value...>', say.param)
    .option('--plan', say.plan)
    .option('--json', commonWords[io.language].json)
  addConfigOption(command)
    .withNotes(
      say.notes,
      'bin/fenghuo.js deploy --stage prod --plan',
      'bin/fenghuo.js deploy --stage prod --param alarmEmail=oncall@example.com tencent:role=fenghuo-probe',
      'bin/fenghuo.js deploy --stage prod --only tencent hz',
    )
    .action(async (options: DeployOptions) => done(await deploy(options, io)))
}

async function deploy(options: DeployOptions, io: CliIo): Promise<number> {
  const { only, stage, param = [] } = options
  checkStage(stage)
  const compiled = readConfig(options, io)
  const { vantages, regions } = compiled
  const region = options.region || regions?.order[0] || io.env.AWS_REGION || io.env.AWS_DEFAULT_REGION || USUAL_REGION
  const all = deploymentsOf(compiled, region)
  const deployments = only === undefined ? all : chosenOf(all, vantages, only)
  const given = parametersOf(param, all, vantages, (file) => declaredIn(join(io.root, file)))
  const config = configOf(options, io)
  const isSentTo = all.some(({ cloud, name }) => cloud !== 'aws' && compiled.reportKeys?.[name] === undefined)
  if (options.plan) {
    const planned = deployments.map((one) => ({ ...one, lacks: lackingIn(one, compiled, io.env, given(one)) }))
    return tellPlan(planned, options, io)
  }

  for (const one of deployments) {
    const [lack] = ownParametersLacking(one, compiled, given(one))
    if (lack) throw new CommandError({ en: `${one.name}: ${lack.en}`, zh: `${one.name}：${lack.zh}` })
  }
  const queue = new EventsQueue({ stage, region }, io.env)
  const waitsFor = await queue.missing(deployments)
  const logs = join(io.root, '.fenghuo', 'deploy')
  await mkdir(logs, { recursive: true }).catch((error: unknown) => {
    const { en, zh } = reasonOf(error)
    throw new CommandError({
      en: `${logs} can't be made, which keeps what is printed: ${en}`,
      zh: `无法创建保存输出的目录 ${logs}：${zh}`,
    })
  })
  const interrupted = new AbortController()
  const goOn = io.onInterrupt(() => interrupted.abort())
  const board = new Board(deployments, io)
  const run: Deploy = async (deployment, hear) => {
    const events = await queue.need(deployment)
    return deployOne(
      argumentsFor(deployment, { stage, region, config, isSentTo }, given(deployment)),
      environmentFor(io.env, events, given(deployment)),
      {
        root: io.root,
        log: join(logs, `${stage}-${deployment.name.replace('/', '-')}.log`),
        ...(deployment.cloud === 'aws' && { stack: stackStatus(deployment, stage, io.env, { now: io.now, fetch }) }),
        ...{ run: runFramework, hear, wait: io.wait, signal: interrupted.signal, language: io.language },
      },
    )
  }
  try {
    const changed = (deployment: Deployment, course: Course) => board.show(deployment.name, course)
    const outcomes = await carryOut(deployments, waitsFor, run, changed, io.language)
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
  if (path.startsWith('..'))
    throw new CommandError({ en: `${config} has to be in ${root}`, zh: `${config} 必须在 ${root} 里` })
  return path
}

function tellPlan(planned: (Deployment & { lacks: Bilingual[] })[], { json }: DeployOptions, io: CliIo): number {
  const { language } = io
  const say = deployWords[language]
  const rows = planned.map(({ name, role, region, config }) => [name, say.role[role], region, config])
  const shown = planned.map((one) => ({ ...one, lacks: one.lacks.map((what) => what[language]) }))
  io.out(json ? JSON.stringify(shown, null, 2) : table(say.planned, rows))
  const lacking = shown.flatMap(({ name, lacks }) => lacks.map((what) => ({ name, what })))
  for (const [what, alike] of Map.groupBy(lacking, (one) => one.what)) {
    const names = alike.map(({ name }) => name)
    io.err(commonWords[language].warning(say.lacks(names, what)))
  }
  return FINE
}

function tellOutcomes(deployments: Deployment[], outcomes: Outcome[], { json }: DeployOptions, io: CliIo): void {
  if (!json) {
    io.out(outcomeTable(deployments, outcomes, io.language))
    return
  }
  const shown = deployments.map((deployment, index) => ({ ...deployment, ...outcomes[index] }))
  io.out(JSON.stringify({ ok: outcomes.every(({ status }) => status === 'deployed'), deployments: shown }, null, 2))
}
