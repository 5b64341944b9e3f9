import { z } from 'zod';
import { createHttpClient } from '../support/http.ts';

const rows = z.array(z.unknown());
const marked = z.union([
  z.object({ username: z.string() }).transform(({ username }) => username),
  z.object({ title: z.string() }).transform(({ title }) => title),
  z.object({ text: z.string() }).transform(({ text }) => text),
]);

/** Every row of every list: how often each marker is there, with the JSON of its last row. */
export async function readMarkers(baseUrl: string): Promise<Map<string, { count: number; json: string }>> {
  const http = createHttpClient(baseUrl);
  const markers = new Map<string, { count: number; json: string }>();
  try {
    for (const module of ['users', 'threads', 'posts']) {
      let path: string | undefined = `/api/${module}?limit=1000`;
      while (path !== undefined) {
        const page = await http.send({ method: 'GET', path });
        for (const row of rows.parse(JSON.parse(page.body.toString()))) {
          const marker = marked.parse(row);
          markers.set(marker, { count: (markers.get(marker)?.count ?? 0) + 1, json: JSON.stringify(row) });
        }
        path = /^<([^>]+)>; rel="next"$/.exec(page.headers.link ?? '')?.[1];
      }
    }
  } finally {
    http.close();
  }
  return markers;
}
