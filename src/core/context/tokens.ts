// What a text costs in a prompt, about.

/** Bytes that one token of a prompt stands for. Source code has 3 to 4; nobody but the model's own tokenizer knows. */
const BYTES_PER_TOKEN = 4;

/** About how many tokens a text takes: its bytes as UTF-8 by four. */
export const estimateTokens = (text: string): number => Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);
