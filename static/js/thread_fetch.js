// Fetches posts as the page shows them, and so passes the policy again.
import { browserZone } from "./moments.js";

const PATIENCE = 10_000;

export async function fetchPart(postsUrl, number) {
  const answer = await ask(`${postsUrl}${number}/part`);
  return answer.ok ? parse(await answer.text())[0] : undefined;
}

// What is the same for nearly all readers is asked for without saying who asks; undefined for who
// wrote it, and where it is not everybody's any more.
export async function fetchShared({ postsUrl, looks, zone, me }, { number, at }) {
  const language = document.documentElement.lang;
  const asked = new URLSearchParams({ looks, zone: (!me && browserZone()) || zone, language, at });
  const answer = await ask(`${postsUrl}${number}/shared?${asked}`, { credentials: "omit" });
  return answer.ok && answer.headers.get("X-By") !== me ? parse(await answer.text())[0] : undefined;
}

// At most fifty that follow `after`; they reach to `until`, the thread to `end`.
export async function fetchAfter(postsUrl, after) {
  const answer = await ask(`${postsUrl}?after=${after}`);
  const posts = answer.ok ? parse(await answer.text()) : [];
  const [until, end] = ["X-Until", "X-Last"].map((name) => Number(answer.headers.get(name)));
  return { posts: new Map(posts.map((post) => [Number(post.dataset.post), post])), until, end };
}

async function ask(url, more = {}) {
  const answer = await fetch(url, { ...more, signal: AbortSignal.timeout?.(PATIENCE) });
  if (!answer.ok && answer.status !== 404) throw new Error(`${answer.status} ${url}`);
  return answer;
}

const parse = (text) => [...new DOMParser().parseFromString(text, "text/html").querySelectorAll("[data-post]")];
