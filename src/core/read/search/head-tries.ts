// Which lines a head is tried to be learnt of. A try costs hundreds of readings, and the lines of one form come to the same: what
// failed for a form is tried again when twice as many lines of it have come, and what has been learnt of it many times, and still
// does not know its lines, ever more seldom.

/** Tries at first, and one more for so many lines that were read in full though their level says something. */
const FIRST = 512;
const LINES_A_TRY = 64;
/** So many heads of one form are learnt as they come; for more of them so many of its lines have to come. */
const MANY = 32;
const LINES_A_HEAD = 1024;
const MAX_FORMS = 1024;
const MAX_LENGTH = 96;

export interface HeadTries {
  /** A line of this form has come. @returns whether a try of it is worth its price */
  mayTry(form: string): boolean;
  /** What became of the try that was granted last for this form. */
  tried(form: string, isLearnt: boolean): void;
}

interface Form {
  lines: number;
  /** Of them, the one that is tried next. */
  next: number;
  learnt: number;
}

export function createHeadTries(): HeadTries {
  let left = FIRST;
  const forms = new Map<string, Form>();

  function formOf(name: string): Form {
    const known = forms.get(name);
    if (known) return known;
    if (forms.size >= MAX_FORMS) forms.clear();
    const form = { lines: 0, next: 1, learnt: 0 };
    forms.set(name, form);
    return form;
  }

  return {
    mayTry(name) {
      left = Math.min(FIRST, left + 1 / LINES_A_TRY);
      const form = formOf(name);
      form.lines++;
      if (form.lines < form.next || left < 1) return false;
      left--;
      return true;
    },
    tried(name, isLearnt) {
      const form = formOf(name);
      if (isLearnt) form.learnt++;
      form.next = isLearnt ? form.lines + (form.learnt < MANY ? 1 : LINES_A_HEAD) : form.lines * 2;
    },
  };
}

/** The head of a line without its words and numbers: lines of one program, which differ in them, have one form. */
export const headForm = (text: string, end: number): string =>
  text
    .slice(0, Math.min(end, MAX_LENGTH))
    .replace(/\s+/g, ' ')
    .replace(/\d+/g, '0')
    .replace(/[A-Za-z_$0.-]*[A-Za-z][A-Za-z_$0.-]*/g, 'a');
