// What can be wrong with an answer, by kind. Which of it may be mended by a second answer is the pipeline's to say.

/** Why a part of an answer cannot be used. */
export interface AnswerProblem {
  readonly kind:
    | 'unterminated'
    | 'no-filename'
    | 'conflict'
    | 'empty'
    | 'unfinished-fence'
    | 'outside'
    /** No such file, and the answer does not say that it is new. */
    | 'absent'
    | 'ambiguous'
    | 'unsafe-name'
    | 'not-text'
    | 'not-a-file'
    /** A line stands for code that was left out. */
    | 'elided'
    /** The content ends in the middle. */
    | 'truncated'
    /** Far fewer lines than the file had. */
    | 'shrunk'
    /** A patch or conflict marks in place of a file. */
    | 'patch'
    | 'stray-fence'
    /** Text to search for that is not there, or more than once. */
    | 'edit'
    /** `&lt;` where the file has `<`. */
    | 'entities'
    /** Our tags written as `&lt;code_block …`. */
    | 'escaped'
    /** Files in Markdown fences, none in a block. */
    | 'no-blocks';
  readonly filename: string | null;
  /** One sentence, fit to be told to Claude as well as to people. */
  readonly detail: string;
}
