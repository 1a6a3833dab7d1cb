import type * as z from 'zod/mini'
import type { PersonName } from '../../../shared/engine/console/action.ts'
import type { Measured } from '../../../shared/engine/console/measure.ts'
import type { GroupView } from '../../../shared/engine/console/view-kafka.ts'
import type { Proofs } from '../../../shared/engine/console/view-proofs.ts'
import type { ReachView } from '../../../shared/engine/console/view-reach.ts'
import type { EngineIo } from '../../../shared/engine/io.ts'
import type { Rights } from '../access/rights.ts'
import type { ConsoleDeps } from '../deps.ts'
import type { historyReader } from '../history-reader.ts'
import type { People } from '../pages/actions.tsx'
import type { recordedReader } from '../recorded-reader.ts'
import type { Contract, OperationId } from './contract.ts'
import type { Reading } from './resources.ts'

type Read<T> = T extends z.core.$ZodType ? z.output<T> : undefined
type Params<T> = { [Name in keyof T]: T[Name] extends { schema: infer Schema } ? Read<Schema> : never }
type Part<Id extends OperationId, Name extends string> = Contract[Id] extends { [N in Name]: infer T } ? T : undefined

/** A request as its operation describes it. */
export interface Asked<Id extends OperationId> {
  params: Params<Part<Id, 'params'>>
  query: Read<Part<Id, 'query'>>
  body: Read<Part<Id, 'body'>>
  rights: Rights
  io: EngineIo
  reading: Reading
  /** Where our own page is. */
  origin: string
  /** The same for every repeat of this request; absent: it says nothing of repeats. */
  once?: string
  /** It has come before under its key, and nobody knows what came of that. */
  isAgain: boolean
  /** Has the audit say what was done, in whose name, and what it changed, a line each. */
  note(action: string, by?: PersonName, changes?: string[]): void
}

/** What it is answered with; a refusal is thrown. */
export interface Answered<Id extends OperationId> {
  status?: Part<Id, 'undone'> extends string ? 409 : never
  body: z.input<Contract[Id]['answer']>
}

/** What operations are carried out with. */
export interface ApiDeps extends ConsoleDeps {
  people(project: string): Promise<People>
  measured(): Promise<Measured>
  groups(): Promise<GroupView[]>
  ledger(): Promise<ReachView[]>
  proofs(): Promise<Proofs>
  recorded: ReturnType<typeof recordedReader>
  histories: ReturnType<typeof historyReader>
}

/** How each operation is carried out. */
export type Handlers<Ids extends OperationId = OperationId> = {
  [Id in Ids]: (asked: Asked<Id>, deps: ApiDeps) => Promise<Answered<Id>>
}
