// The keys of what is proposed: how a request looks, and what it tells.
import { EVENT_FORMS } from '../core/tables.ts';
import { choice } from './kinds.ts';
import { row } from './row.ts';

export const REQUEST_KEYS = {
  'request.event': row(
    choice(...EVENT_FORMS),
    'abstracted',
    'What requests, issues, commits and mails tell of an event: `abstracted`, its text without the values of users; `frames`, only the type and the frames of the application; `raw`, all as it was logged, personal data too. Secrets are in none of them.',
  ),
} as const;
