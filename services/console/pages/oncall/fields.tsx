/** What was written into a form of the page, by the names of its fields. */
export type Draft = Record<string, string>

interface FieldProps {
  /** Its form's schedule: the page has several of each form. */
  place: string
  draft: Draft | undefined
  field: string
  label: string
}

export function Choice({ place, draft, field, label, choices }: FieldProps & { choices: [string, string][] }) {
  const id = `${field}-${place}`
  return (
    <div>
      <label for={id}>{label}</label>
      <select name={field} id={id}>
        {choices.map(([value, text]) => (
          <option value={value} selected={value === draft?.[field]}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Browsers show their own clock for it, and send what somebody types into one that has none. */
export function Clock({ place, draft, field, label, isNeeded = true }: FieldProps & { isNeeded?: boolean }) {
  const id = `${field}-${place}`
  return (
    <div>
      <label for={id}>{label}</label>
      <input type="datetime-local" name={field} id={id} value={draft?.[field]} required={isNeeded} />
    </div>
  )
}
