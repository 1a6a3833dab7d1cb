import type { ListedOverride } from '../../shared/engine/overrides/list.ts'
import type { AskedOverride } from '../../shared/engine/overrides/make.ts'
import type { Override } from '../../shared/oncall/plan.ts'
import type { OnCallOptions } from '../configuration.ts'
import type { TargetOptions } from '../target.ts'

export interface OverrideOptions extends OnCallOptions, TargetOptions {
  for?: string
  add?: true
  remove?: true
  swap?: string
  note?: string
  as?: string
  json?: true
}

/** Where overrides are kept: in each region of a deployment, or wherever its console keeps them. */
export interface OverrideKeeper {
  /** Throws a `CommandError` for what nobody can mean or may not do. */
  make(asked: AskedOverride): Promise<MadeOverride>
  /** What is otherwise than the rotations say, now and later. */
  list(): Promise<ListedOverride[]>
  remove(id: string): Promise<ListedOverride & { isEverywhere: boolean }>
}

export interface MadeOverride extends ListedOverride {
  override: Override
  /** False: it was so already. */
  changed: boolean
  /** Who is on call instead of whom, a line each. */
  shifts: string[]
  /** What whoever made it should know. */
  warnings: string[]
  /** Whether every region has taken it; which have not is told. */
  isEverywhere: boolean
}
