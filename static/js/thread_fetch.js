// Fetches posts as the page shows them, and so passes the policy again.
const PATIENCE = 10_000;

export async function fetchPart(postsUrl, number) {
  const answer = await ask(`${postsUrl}${number}/part`);
  return answer.ok ? parse(await answer.text())[0] : undefined;
}

// At most fifty that follow `after`; they reach to `until`, the thread to `end`.
export async function fetchAfter(postsUrl, after) {
  const answer = await ask(`${postsUrl}?after=${after}`);
  const posts = answer.ok ? parse(await answer.text()) : [];
  const [until, end] = ["X-Until", "X-Last"].map((name) => Number(answer.headers.get(name)));
  return { posts: new Map(posts.map((post) => [Number(post.dataset.post), post])), until, end };
}

async function ask(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout?.(PATIENCE) });
  if (!answer.ok && answer.status !== 404) throw new Error(`${answer.status} ${url}`);
  return answer;
}

const parse = (text) => [...new DOMParser().parseFromString(text, "text/html").querySelectorAll("[data-post]")];
