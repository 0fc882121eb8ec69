// The colour of every state, by its name in `Paint`: the same on a terminal and on the report's page.
import type { IncidentState, TraceState } from '../../core/model.ts';
import type { Colour, Paint } from './colors.ts';

export const STATE_COLOURS: Readonly<Record<TraceState | IncidentState, Colour>> = {
  running: 'accent',
  repairing: 'accent',
  new: 'accent',
  waiting: 'warning',
  interrupted: 'warning',
  proposed: 'good',
  issued: 'accent',
  declined: 'faint',
  merged: 'good',
  confirmed: 'good',
  closed: 'faint',
  skipped: 'faint',
  regressed: 'bad',
  refused: 'bad',
  failed: 'bad',
};

export function stateColour(state: TraceState | IncidentState, paint: Paint): (text: string) => string {
  return paint[STATE_COLOURS[state]];
}
