// Tiny programs that print logs as real tools do, from a file that a test writes: with `--since` at the resolution of theirs, with
// `--follow`, with records twice, with a login that has expired, and with a memory that ends.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Of `STORE`, one line each: its key, a tab, its pipe, a tab, what is printed. Lines without a key go with the one above.
 * `STORE.denied`: words of a refusal. `STORE.twice`: prints all twice. `STORE.oldest`: keys before it are not known any more.
 */
const SCRIPT = `#!/bin/sh
store=$1; digits=$2; shift 2
since=; follow=
for each; do case $each in
  --since=*) since=\${each#--since=} ;;
  --follow) follow=1 ;;
esac; done
if words=$(cat "$store.denied" 2> /dev/null); then echo "$words" >&2; exit 1; fi
if [ -e "$store.oldest" ] && [ -n "$since" ] && [ "$(cat "$store.oldest")" \\> "$since" ]; then echo "unknown cursor $since" >&2; exit 3; fi
times=1; if [ -e "$store.twice" ]; then times=2; rm "$store.twice"; fi
show() { awk -F '\\t' -v since="$since" -v digits="$digits" -v is_all="$1" '
  BEGIN { since = digits > 0 ? substr(since, 1, digits) : since; shown = is_all }
  $1 != "" { shown = is_all || ((digits > 0 ? substr($1, 1, digits) : $1) >= since) }
  shown { text = $0; sub(/^[^\\t]*\\t[^\\t]*\\t/, "", text); if ($2 == "2") print text > "/dev/stderr"; else print text; fflush() }'; }
size=$(wc -c < "$store")
for time in $(seq $times); do [ "$size" = 0 ] || head -c "$size" "$store" | show ""; done
[ -n "$follow" ] || exit 0
tab=$(printf '\\t')
tail -c +$((size + 1)) -f "$store" | while IFS= read -r line; do
  rest=\${line#*"$tab"}; text=\${rest#*"$tab"}
  if [ "\${rest%%"$tab"*}" = 2 ]; then printf '%s\\n' "$text" >&2; else printf '%s\\n' "$text"; fi
done
`;

/** @returns the path of the tool in that directory */
export function makeTool(dir: string, name = 'tool'): string {
  const file = join(dir, name);
  writeFileSync(file, SCRIPT);
  chmodSync(file, 0o755);
  return file;
}
