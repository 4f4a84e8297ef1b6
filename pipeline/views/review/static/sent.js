// On pages whose forms are sent by htmx: what was refused, or did not arrive, is said, and who
// works by keys goes on at the card after the one that is settled and gone.

const fault = document.getElementById("unkept");
const usual = fault.textContent;

function say(event) {
  const { xhr } = event.detail;
  if (xhr?.status === 401 || xhr?.status === 403) return location.assign("/login?again=yes");
  let said = {};
  try {
    said = JSON.parse(xhr.responseText);
  } catch {
    // Nothing came, or what is no answer of the desk's.
  }
  fault.textContent = said[document.documentElement.lang] ?? usual;
  fault.hidden = false;
}

let next = null;
document.addEventListener("htmx:beforeRequest", event => {
  fault.hidden = true;
  next = event.detail.elt.closest("article")?.nextElementSibling;
});
document.addEventListener("htmx:afterRequest", () => {
  if (document.activeElement !== document.body) return;
  (next?.querySelector("button") ?? document.getElementById("content")).focus();
});
document.addEventListener("htmx:responseError", say);
document.addEventListener("htmx:sendError", say);
