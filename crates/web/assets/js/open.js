// What somebody has opened stays open while the live line draws its part of the page anew; what they do there themselves may close it.
import htmx from "htmx.org";

let isLive = false;
document.addEventListener("htmx:before:swap", (event) => (isLive = event.detail.ctx?.sourceElement?.hasAttribute("hx-sse:connect") ?? false));
document.addEventListener("htmx:finally:swap", () => (isLive = false));

htmx.registerExtension("stays-open", {
  htmx_before_morph_attr: (element, { attrName, newValue }) => !(isLive && attrName === "open" && newValue === null && element.localName === "details"),
});
