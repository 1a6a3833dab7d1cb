/** Something that runs until it is stopped. */
export interface Running {
  stop(): Promise<void>
}

/** Has a part stopped with the rest; gives it back. */
export type Keep = <T extends Running>(part: T) => T

/** Remembers what was started: `stop` ends all of it, the last first, and each once. */
export function kept(): { keep: Keep } & Running {
  const started: Running[] = []
  return {
    keep(part) {
      started.push(part)
      return part
    },
    async stop() {
      for (const part of started.splice(0).reverse()) await part.stop()
    },
  }
}
