// How languages declare what a file consists of, read from one line and without a parser.
// Principle: a mark is what the grammar of a language puts in front of a name that others may use; the first group that took
// part is the name. A use of a name is none, nor is a setting within a block.

/** Words of languages that stand where a name would. */
export const NOT_NAMES = new Set(
  '_ if for foreach while switch catch return else do try with using lock synchronized function when match unless until elif elsif and or not in of new throw yield super this self print assert case default sizeof typeof await'.split(
    ' ',
  ),
);

/** Marks of a declaration in one line; the first group that took part is its name. */
export const MARKS: readonly RegExp[] = [
  // With what it gives back in front (Matlab).
  /^\s*function\s+(?:\[[^\]]*\]|\w+)\s*=\s*(\w+)/,
  // A word for the kind, then the name: nearly every language.
  /^\s*(?:@\w[\w.]*(?:\([^)]*\))?\s+)*(?:(?:export|default|public|private|protected|internal|static|final|abstract|async|override|virtual|sealed|open|data|inline|pub(?:\([^)]*\))?|unsafe|extern|const|partial|readonly|suspend|operator|tailrec|fileprivate|mutating|convenience|required|local|implicit|case|lazy|external|factory)\s+)*(?:function\*?|func|fn|fun|def|defp|defmacro|defmodule|class|interface|trait|struct|enum|record|object|module|protocol|extension|mixin|impl|namespace|sub|procedure|macro_rules!|typedef|actor|union)\s+(?:class\s+)?(?:\([^)]*\)\s*)?((?:self\.)?[\p{L}_$][\p{L}\p{N}_$.:?!]*)/u,
  // Names with a value of their own, at the margin.
  /^(?:export\s+)?(?:const|let|var|val|type|static|global)\s+(?:mut\s+)?([\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)?)/u,
  /^([A-Za-z_$][\w$]*)\s*(?::[^=\n]{1,80})?=(?!=)/,
  /^(?:module\.)?exports\.([\w$]+)\s*=/,
  /^[\w$.]+\.prototype\.([\w$]+)\s*=/,
  // A method: name, arguments, body on the same line.
  /^\s+(?:(?:public|private|protected|internal|static|final|abstract|async|override|virtual|get|set|readonly|synchronized|native|constexpr|inline|explicit|unsafe|extern|partial)\s+)*\*?(#?[\p{L}_$][\p{L}\p{N}_$]*)\s*(?:<[^<>()]{0,60}>)?\([^;{}]*\)\s*(?::\s*[^{};=]{1,80})?\{/u,
  /^\s*(?:[\w<>[\],.?*&:~]+\s+){1,6}[*&]*(~?[\p{L}_][\p{L}\p{N}_]*(?:::~?\w+)*)\s*\([^;{}]*\)\s*(?:const|noexcept|override|throws\s[\w., ]+|where\s[^{]+|->\s*[^{]+)*\s*\{/u,
  /^\s*([\p{L}_$][\p{L}\p{N}_$]*)\s*[:=]\s*(?:async\s+)?(?:function\b|\([^()]*\)\s*(?::[^=]{1,60})?=>|\w+\s*=>)/u,
  // Routes, tests, tables, rules.
  /\b(?:app|router|server|api|route|Route|r|mux)\s*(?:\.|::)\s*((?:get|post|put|patch|delete|del|all|use|head|options|HandleFunc|Handle|GET|POST|PUT|PATCH|DELETE)\s*\(\s*["'`][^"'`]*["'`])/,
  /^\s*(?:test|it|describe|context|specify|scenario|feature|Deno\.test|t\.Run|test_that|@test)(?:\.\w+)*\s*\(?\s*(["'`][^"'`\n]{1,200}["'`])/,
  /^\s*create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+|unique\s+|materialized\s+)*((?:table|view|index|function|procedure|trigger|type|sequence|schema)\s+(?:if\s+not\s+exists\s+)?["`[\w.]+)/i,
];

/** By the ending of the file: what is a declaration in these only. */
export const OF_FILE: readonly (readonly [names: RegExp, mark: RegExp])[] = [
  [/\.(?:ya?ml)$/i, /^( {0,2}[\w."'-]+):(?:\s|$)/],
  [/\.(?:css|scss|less)$/i, /^((?:[.#@]?[\w-][^{};]*?)|\*)\s*\{/],
  [/\.(?:toml|ini|cfg|conf|properties)$/i, /^\s*(\[[^\]]+\]|[\w.-]+(?=\s*=))/],
  [/(?:^|\/)(?:GNU)?[Mm]akefile$|\.mk$/, /^([\w./%-]+)\s*:(?!=)/],
  [
    /\.(?:html?|vue|svelte|xml)$/i,
    /<(?:section|header|footer|nav|main|article|aside|form|table|template|script|style|div|ul)\b[^>]*\b(?:id|class|name)=["']([^"']+)["']/i,
  ],
  [/\.(?:vue|svelte|astro)$/i, /^<(template|script|style)\b(?![^>]*\/>)/],
  [/\.(?:sh|bash|zsh|ksh|bats)$/i, /^\s*(?:(?:function\s+)?([\w.:-]+)\s*\(\)|function\s+([\w.:-]+))\s*(?:[{(].*)?$/],
  [/\.(?:tf|tfvars|hcl)$/i, /^((?:resource|data|module|variable|output|provider|locals|terraform|job|source|build)\b[^{]*)\{/],
  // A file that is locked is made by a tool.
  [/^(?!.*(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$|.*[.-]lock\.json$).*\.jsonc?$/i, /^\s*"([^"\n]+)"\s*:/],
  [/\.(?:md|mdx|markdown)$/i, /^(#{1,6}\s+\S.*?)\s*#*$/],
  [/(?:^|\/)(?:Dockerfile|Containerfile)[^/]*$|\.dockerfile$/i, /^(FROM\s+\S+(?:\s+AS\s+\S+)?)/i],
  // A function is what its equations say; a signature alone says nothing.
  [
    /\.(?:hs|elm|purs)$/i,
    /^(?:(?:data|newtype|type|class|instance)\s+(?:[^=\n]*=>\s*)?([A-Z][\w']*)|(?!import\b|module\b|where\b)([a-z_][\w']*)(?=[\s|=])(?:[^:=|\n]|\|\||::)*(?:=(?!=)|\|(?!\|)))/,
  ],
  [/\.(?:clj[cs]?|edn|lisp|lsp|el|scm|ss|rkt|fnl|janet)$/i, /^\s*\(def[\w*-]*\s+(?:\^\S+\s+)*\(?([^\s()[\]"]+)/],
  [/\.[eh]rl$/i, /^(?:([a-z]\w*)\(.*\)\s*(?:when\b.*)?->|-(?:record|define|type|callback)\((\w+))/],
  [
    /\.(?:mli?|fsx?|fsi|sml)$/i,
    /^(?:let|and|val|type|module|exception|fun)\s+(?:rec\s+|inline\s+|mutable\s+|private\s+)*([\w']+)|^\s+(?:static\s+)?(?:member|override|abstract|default)\s+(?:\w+\.)?(\w+)/,
  ],
  [/\.proto$/i, /^\s*(?:message|service|enum|oneof|extend)\s+(\w+)|^\s*(rpc\s+\w+)/],
  [
    /\.(?:graphqls?|gql)$/i,
    /^\s*(?:extend\s+)?(?:type|input|interface|enum|union|scalar|directive|query|mutation|subscription|fragment|schema)\b\s*(@?\w+)/,
  ],
  [/\.prisma$/i, /^(?:model|enum|datasource|generator|type|view)\s+(\w+)/],
  [
    /\.(?:thrift|avdl|sol|cairo)$/i,
    /^\s*(?:abstract\s+)?(?:struct|service|enum|union|exception|contract|interface|library|function|event|error|modifier|record|protocol|constructor)\b\s*(\w*)/,
  ],
  [
    /\.jl$/i,
    /^\s*(?:export\s+)?(?:function|macro|module|(?:mutable\s+|abstract\s+|primitive\s+)?(?:struct|type))\s+([\w.!]+)|^(?:const\s+)?([\p{L}_][\p{L}\p{N}_.!]*)(?:\{[^}]*\})?(?:\([^=]*\))?\s*=(?!=)/u,
  ],
  [/\.r$/i, /^[`"]?([\w.]+)[`"]?\s*(?:<-|=(?!=))/],
  [/\.nims?$/i, /^\s*(?:proc|func|method|iterator|template|macro|converter)\s+`?([^\s`(*[]+)/],
  [
    /\.(?:f(?:or|9\d|0[38])?|vbs?|bas|cls|pas|pp|dpr|ad[bs])$/i,
    /^\s*(?:(?:public|private|protected|friend|shared|overrides|overridable|recursive|pure|elemental|integer|real|logical|class)\s*(?:\([^)]*\))?\s+)*(?:subroutine|function|program|module|sub|procedure|property|class|type|package|constructor|destructor)\s+(?:body\s+)?(\w+(?:::\w+)*)/i,
  ],
  [
    /(?:^|\/)CMakeLists\.txt$|\.cmake$/i,
    /^\s*(?:function|macro|add_executable|add_library|add_test|add_custom_target|option)\s*\(\s*([\w.:-]+)/i,
  ],
];
