/** A record's own entry; names that people choose may be `constructor`, too. */
export function ownProperty<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
