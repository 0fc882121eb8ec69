// Says clearly why nothing works when npm was told to leave the pinned Node out. Runs before every other script,
// possibly under an old Node: plain syntax only, no imports that are younger than Node 12.
const wanted = 24;

if (Number.parseInt(process.versions.node, 10) < wanted) {
  process.stderr.write(
    [
      `ai-ops: error: this is Node ${process.versions.node}, and ai-ops is built and tested with Node ${wanted} or newer`,
      `ai-ops: hint: Node ${wanted} comes with the optional dependencies; they are missing here. Run \`npm ci\` without \`--omit=optional\``,
      `ai-ops: hint: there is none for ${process.platform}-${process.arch}? Install Node ${wanted} and put it on the PATH`,
      '',
    ].join('\n'),
  );
  process.exit(1);
}
