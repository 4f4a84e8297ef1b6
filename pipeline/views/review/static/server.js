// What is asked of the program. It answers with pieces of page, escaped over there.

const secret = document.querySelector('meta[name="secret"]')?.content ?? "";

export class Refused extends Error {}

async function answered(response) {
  if (response.status === 401 || response.status === 403) location.assign("/login?again=yes");
  if (!response.ok) {
    const said = await response.json().catch(() => ({}));
    throw new Refused(said[document.documentElement.lang] ?? "");
  }
  return response;
}

export async function get(path, query) {
  return answered(await fetch(`${path}?${new URLSearchParams(query)}`));
}

export async function post(path, body) {
  return answered(await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-secret": secret },
    body: JSON.stringify(body),
  }));
}

export function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}
