// What the answer to a webhook means: by its status, and for chats that answer 200 whatever happened by the code in it.
// Sources: the vendors' pages on errors of incoming webhooks.

import { isObject } from '../../../core/plain-json.ts';
import type { WebhookForm } from '../../../core/tables.ts';

/** `closed`: the address or its signature is not accepted, which a person can mend. `busy`: it was not looked at. */
export type Verdict = 'taken' | 'busy' | 'closed' | 'refused' | 'uncertain';

/** Names of the code in an answer, and codes that mean more than "refused". */
interface Codes {
  readonly fields: readonly string[];
  readonly busy: readonly number[];
  readonly closed: readonly number[];
}

const CODES: Readonly<Partial<Record<WebhookForm, Codes>>> = {
  // -1 busy, 130101 too fast; 300001 token, 310000 keyword, address or signature.
  dingtalk: { fields: ['errcode'], busy: [-1, 130101, 410100], closed: [300001, 310000, 300005, 400101, 400102, 400103] },
  // 9499 and 11232 too fast; 19001 token, 19021 signature, 19022 address, 19024 keyword.
  feishu: { fields: ['code', 'StatusCode'], busy: [9499, 11232, 11233], closed: [19001, 19021, 19022, 19024] },
  // -1 busy, 45009 too fast; 93000 key.
  wecom: { fields: ['errcode'], busy: [-1, 45009], closed: [93000, 40001, 40014] },
};

export function judgeAnswer(form: WebhookForm, status: number, text: string): { readonly verdict: Verdict; readonly detail: string } {
  const detail = `HTTP ${status}${text.trim() === '' ? '' : `, ${text.replace(/\s+/g, ' ').trim().slice(0, 200)}`}`;
  const of = (verdict: Verdict) => ({ verdict, detail });
  if (status === 429 || status === 503) return of('busy');
  if (status >= 500) return of('uncertain');
  if ([401, 403, 404, 407, 410].includes(status) || (status >= 300 && status < 400)) return of('closed');
  if (status < 200 || status >= 400) return of('refused');
  const codes = CODES[form];
  if (codes === undefined) return of('taken');
  const code = codeIn(text, codes);
  if (code === 0) return of('taken');
  // A page in between, or an answer that broke off: the chat may have it.
  if (code === undefined) return of('uncertain');
  return of(codes.busy.includes(code) ? 'busy' : codes.closed.includes(code) ? 'closed' : 'refused');
}

function codeIn(text: string, { fields }: Codes): number | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    if (!isObject(answer)) return undefined;
    return fields.map((name) => answer[name]).find((value) => typeof value === 'number') as number | undefined;
  } catch {
    return undefined;
  }
}
