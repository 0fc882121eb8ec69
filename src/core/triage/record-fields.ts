// Principle: a record of fields says what went wrong in a field for it, and the message says only where. Read from the text by the
// forms of JSON and logfmt alike, so that it does not matter what stands around the record.

/** What a field for the error is called; behind a dot or an underscore as well: `error.message`, `exc_info`. */
const SAYS = `(?:[a-z]+[._])?(?:err(?:or)?|exc(?:eption)?|cause|reason|failure)(?:[._]?(?:msg|message|info|text|desc(?:ription)?|details?|string))?|errMsg|errorMessage|err_?msg`;
/** A value in quotes with its escapes, or words up to the next field. */
const VALUE = String.raw`"((?:[^"\\]|\\.){1,2000})"|(?![{["])([^\s",}\]]{1,200}(?: (?![\w.]{1,40}=)[^\s"{}]{1,200}){0,40})`;
const OF_ERROR = new RegExp(String.raw`(?:^|[\s{,])"?(?:${SAYS})"?\s?[:=]\s?(?:${VALUE})`, 'gi');
/** Codes and statuses, of the record or of the error within. */
const CODE =
  /(?<=[\s{,])"(?:[a-z]+[._])?(?:code|errno|status|statusCode|status_code|sqlState|extensions)"\s?:\s?(?:"[^"\\]{1,80}"|-?\d{1,6}(?=[,}\s]))/gi;

/** What the fields of a record of one line say of its error, unescaped, without what its message says already. */
export function fieldsOfError(text: string, message: string): readonly string[] {
  const line = text.slice(0, 8000).split('\n', 1)[0] ?? '';
  const said = [...line.matchAll(OF_ERROR)].slice(0, 6).map(([, quoted, word]) => quoted?.replace(/\\(["\\/])/g, '$1') ?? word ?? '');
  return said.filter((value) => value !== '' && !message.includes(value));
}

/** A record of logfmt about a request that was made of us: there a status is our own answer. */
const OF_A_REQUEST =
  /(?:^|\s)(?:method|path|uri|route|endpoint|remote_?addr|client_?ip)=|(?:^|[\s"])(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \/(?!\/)/;
const ANSWERED_WITH = /\s(?:status|status_?code)=([1-5]\d\d)(?=\s|$)/i;

/** `"statusCode":400`, one a line, without its quotes. */
export function fieldsOfRecord(text: string): readonly string[] {
  const line = text.split('\n', 1)[0] ?? '';
  const status = line.includes('://') || !OF_A_REQUEST.test(line) ? undefined : ANSWERED_WITH.exec(line)?.[1];
  if (status !== undefined) return [`status: ${status}`];
  if (!line.includes('{"')) return [];
  return [...line.matchAll(CODE)]
    .slice(0, 12)
    .map(([field]) => field.replace(/^"([^"]+)"\s?:\s?"?([^"]*)"?$/, "$1: '$2'").replace(/'(-?\d+)'$/, '$1'));
}
