// A page with a window of its own: it is opened small, and brought to the front as it stands when it is open already.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-window]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const page = window.open("", link.target, "popup,width=380,height=660");
  if (!page) return;
  event.preventDefault();
  if (page.location.href === "about:blank") page.location.href = link.href;
  page.focus();
});
