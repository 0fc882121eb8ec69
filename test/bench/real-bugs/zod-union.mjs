// A form whose kinds of contact are configured; here there are none.
import { z } from 'zod';

const contact = (kinds) => z.union(kinds.map((kind) => z.object({ kind: z.literal(kind) })));

try {
  contact([]);
} catch (error) {
  console.error(`[${new Date().toISOString()}] ERROR: could not build the form`, error);
}
