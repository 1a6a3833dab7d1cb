/** Tells the server in which zone times are read here: the next page is written in it. */
export function rememberZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (!zone || document.cookie.split('; ').includes(`fenghuo-zone=${zone}`)) return
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in every browser of a chat.
  document.cookie = `fenghuo-zone=${zone}; Path=/; Max-Age=34560000; SameSite=Lax`
}
