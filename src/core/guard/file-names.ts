// Which files are of which language, by the ends of their names.

export const JS = /\.(?:[cm]?[jt]sx?|vue|svelte)$/i;
export const PY = /\.pyi?$/i;
export const RUBY = /\.(?:rb|rake)$/i;
export const PHP = /\.php$/i;
export const PERL = /\.p[lm]$/i;
export const GO = /\.go$/i;
export const JVM = /\.(?:java|kts?|scala|groovy)$/i;
export const UNIX_SHELL = /\.(?:sh|bash|zsh)$/i;
