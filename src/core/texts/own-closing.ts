// The hidden mark in the body of a request that ai-ops has closed itself: no person has turned the fix down. Closing and mark are
// one write; where the request is open with the mark in it, somebody has opened it again.

const MARK = '<!-- ai-ops-closed:v1 -->';

export const isClosedByUs = (body: string): boolean => body.includes(MARK);

export const withOwnClosing = (body: string): string => (isClosedByUs(body) ? body : `${MARK}\n${body}`);

export const withoutOwnClosing = (body: string): string => body.replaceAll(`${MARK}\n`, '').replaceAll(MARK, '');
