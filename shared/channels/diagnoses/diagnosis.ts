import type { AwsCall } from '../../clouds/aws/call.ts'
import type { Bilingual, Instant } from '../../contracts/words.ts'
import type { Examination } from './finding.ts'

export type Env = Record<string, string | undefined>

/** A configured channel or route, as doctor looks at it. */
export interface Diagnosed<Settings> {
  /** The channel's name, or a route's prefix. */
  name: string
  /** As they are written, references and all. */
  written: Settings
  /** With the values that the deployed functions have. Rejects with what is not set there. */
  settings(): Promise<Settings>
  /** The E.164 numbers that try this route first; absent: it is no route of numbers. */
  numbers?(): Promise<string[]>
}

/** A way to make phones ring, and what will be asked of it. */
export interface DiagnosedRoute<Settings> extends Diagnosed<Settings> {
  /** The E.164 numbers that try this route first. */
  numbers(): Promise<string[]>
  /** The most calls that may ring at the same time: all of a layer are called together. */
  atOnce: number
}

/** What a diagnosis may use of the world. */
export interface DiagnoseIo {
  now(): Instant
  fetch: typeof fetch
  /** Of whoever asks: it may move the vendor's address. */
  env: Env
  /** Of the deployed functions. */
  channelEnv(): Promise<Env>
  /** Asks AWS in the region of the deployment, or in another; absent: there is no deployment to ask for. */
  aws?(call: AwsCall, region?: string): Promise<Response>
}

/** What the diagnosis of a voice route may use beside that. */
export interface DiagnoseRouteIo extends DiagnoseIo {
  /** Asks AWS in the region of the deployment. */
  aws(call: AwsCall, region?: string): Promise<Response>
  /** A deployed function. Rejects with what is wrong with it. */
  lambda(name: string): Promise<{ FunctionArn: string }>
  /** Of the deployment; absent: the local stack. */
  stage?: string
}

export interface Diagnosis<Settings> {
  /** The questions about one channel. None of them posts, or changes anything. */
  diagnose(of: Diagnosed<Settings>, io: DiagnoseIo): Examination[]
}

export interface RouteDiagnosis<Settings> {
  /** The questions about one route. None of them calls, or changes anything. */
  diagnose(of: DiagnosedRoute<Settings>, io: DiagnoseRouteIo): Examination[]
}

/** What shows whether a route works, where nothing tells without calling. */
export function testPage(stage: string | undefined): Bilingual {
  const command = `bin/fenghuo.js page --test --wait${stage === undefined ? '' : ` --stage ${stage}`}`
  return { en: `${command} shows it`, zh: `用 ${command} 可以看出` }
}
