/** Whether a text in Latin-1 holds what no header may: control characters other than a tab (RFC 9110, section 5.5). */
export function hasControls(text: string): boolean {
  return /[^\t\x20-\x7e\x80-\xff]/.test(text)
}
