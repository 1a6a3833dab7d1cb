import type { ContactsTable, ReadRow } from '../../../shared/clouds/aws/contacts-table.ts'
import type { Directory } from '../../../shared/oncall/plan.ts'

/** A contacts table in memory that keeps the table's one condition: nobody has written since the row was read. */
export class MemoryContacts implements ContactsTable {
  readonly rows = new Map<string, ReadRow>()
  /** Each write that was taken, as `pay`. */
  readonly written: string[] = []
  /** Done once before the next write: what somebody else does at that moment. */
  beforeWrite: (() => Promise<unknown>) | undefined
  isDown = false
  #revision = 0

  constructor(rows: Record<string, Directory>) {
    for (const [project, directory] of Object.entries(rows)) this.#keep(project, directory)
  }

  async read(project: string): Promise<ReadRow | undefined> {
    if (this.isDown) throw new Error('no connection')
    return structuredClone(this.rows.get(project))
  }

  async write(project: string, directory: Directory, over?: ReadRow | 'none'): Promise<boolean> {
    const meanwhile = this.beforeWrite
    this.beforeWrite = undefined
    await meanwhile?.()
    if (this.isDown) throw new Error('no connection')
    const known = this.rows.get(project)
    if (over !== undefined && known?.revision !== (over === 'none' ? undefined : over.revision)) return false
    this.written.push(project)
    this.#keep(project, directory)
    return true
  }

  overrides(project: string): Directory['overrides'] {
    return this.rows.get(project)?.directory.overrides ?? []
  }

  #keep(project: string, directory: Directory): void {
    this.#revision += 1
    this.rows.set(project, { directory: structuredClone(directory), problems: [], revision: `r${this.#revision}` })
  }
}
