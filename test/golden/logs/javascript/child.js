require('node:child_process').execFileSync('node', ['-e', 'throw new Error("child")'], { stdio: 'pipe' });
