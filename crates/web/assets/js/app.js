// Everything works without this file; it makes what works also quick.
import htmx from "htmx.org";
import "htmx.org/dist/ext/hx-sse.js";
import "./busy.js";
import "./desk.js";
import "./dialogs.js";
import "./drafts.js";
import "./files.js";
import "./forms.js";
import "./grid.js";
import "./insert.js";
import "./notices.js";
import "./open.js";
import "./push.js";
import "./shop.js";
import "./threads.js";
import "./windows.js";

// Partial requests carry the same token as forms do.
document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector('meta[name="csrf"]')?.content;
  if (token && event.detail.ctx.request.method !== "GET") event.detail.ctx.request.headers["X-Csrf-Token"] = token;
});

export default htmx;
