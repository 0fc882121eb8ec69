/** A text between two tags or quotes of XML; what XML 1.0 cannot hold is left out. */
export function inXml(text: string): string {
  const known: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  return text.replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '').replaceAll(/[&<>"']/g, (sign) => known[sign] ?? sign);
}
