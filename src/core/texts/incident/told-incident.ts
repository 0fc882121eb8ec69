// An incident as others than its owner are told of it: requests, issues, commits and mails may be public, are indexed and
// forwarded, and a log holds what its users wrote. What is told shows the error and where it is, not whom it met.
import { abstractAll, type Knows } from '../../context/abstract-values.ts';
import type { Incident } from '../../model.ts';
import { withoutPersonal } from '../../redact/personal.ts';
import type { EventForm } from '../../tables.ts';
import { eventLines } from './event-text.ts';
import { incidentPlace, placeWords } from './incident-name.ts';

/**
 * @param redact takes secrets out, before anything that is a part of one is cut
 * @param knows tells the program's own words: quoted ones stay
 * @returns the incident with another title and text; whatever is written from it cannot tell more
 */
export function toldIncident(incident: Incident, form: EventForm, redact: (text: string) => string, knows?: Knows): Incident {
  const { sample, type, level, frames } = incident;
  const as = (title: string, text: string): Incident => ({ ...incident, title, sample: { ...sample, text } });
  switch (form) {
    case 'raw':
      return as(redact(incident.title), redact(sample.text));
    case 'abstracted': {
      const told = (text: string): string => abstractAll({ text: redact(text), frames: sample.frames }, knows);
      // Of a record its message and its trace: as one object it is a value as a whole.
      return as(told(incident.title), told(eventLines(sample).join('\n')));
    }
    case 'frames': {
      const places = frames.filter(({ inApp }) => inApp).map((frame) => placeWords(incidentPlace({ frames: [frame] })!));
      const { facts: _, ...told } = as(type ?? level, redact(places.join('\n')));
      return told;
    }
  }
}

/** Words of Claude, who may have been told more than others are. */
export function toldWords(text: string, form: EventForm): string {
  return form === 'raw' ? text : withoutPersonal(text);
}
